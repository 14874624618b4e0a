import { afterRealTime } from './line.ts';

/** What the player just did that a person may wonder about. */
export type Remark =
  | { readonly kind: 'seekHeld' }
  | { readonly kind: 'rateHeld' }
  | { readonly kind: 'pausedHidden' }
  | { readonly kind: 'playAgain'; readonly lostMs: number; readonly fromMs: number };

const PASSING_MS = 12_000;

/** The last remark; it passes, except the one that says why everything stands still. */
export class Remarks {
  current = $state.raw<Remark | null>(null);
  #cancel: () => void = () => undefined;

  say(remark: Remark): void {
    this.clear();
    this.current = remark;
    if (remark.kind !== 'pausedHidden') this.#cancel = afterRealTime(PASSING_MS, () => this.clear());
  }

  clear(kind?: Remark['kind']): void {
    if (kind && this.current?.kind !== kind) return;
    this.#cancel();
    this.current = null;
  }
}
