import { refusalOf, trpc } from '#lib/client/trpc.ts';
import { LineRefused, type ViewingLine } from '#lib/player/line.ts';

/** The player's line to the server: a refusal is said as such, anything else that goes wrong is a broken line. */
export function viewingLine(chapterId: string): ViewingLine {
  const orRefused = (thrown: unknown): never => {
    const refusal = refusalOf(thrown);
    throw refusal ? new LineRefused(refusal.code) : thrown;
  };
  return {
    open: () => trpc.viewing.open.mutate({ chapterId }).catch(orRefused),
    report: (beat) => trpc.viewing.report.mutate(beat).catch(orRefused),
  };
}
