import type { Piece } from './readings.ts';

let read = $state.raw<((text: string) => readonly Piece[]) | null>(null);

/**
 * Has the readings come (once the page stands as the server wrote it), where a person wants them. Without them the page is as good as
 * for everybody else, so a line that fails is passed over.
 */
export function loadReadings(): void {
  if (read || document.documentElement.dataset.readings !== 'on') return;
  import('./readings.ts').then(
    ({ readingsIn }) => (read = readingsIn),
    () => undefined,
  );
}

/** The words with readings; null as long as there are none. */
export const piecesOf = (words: string): readonly Piece[] | null => read?.(words) ?? null;
