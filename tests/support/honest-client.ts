import fc from 'fast-check';
import { FakeServer, type TestClock } from '#lib/player/fake-line.ts';
import type { ViewingLine } from '#lib/player/line.ts';

/** What becomes of one request; echoed: it arrives a second time, later, as a proxy or a retry may make it. */
interface Fate {
  readonly kind: 'arrives' | 'requestLost' | 'answerLost' | 'echoed';
  readonly delayMs: number;
  readonly echoMs: number;
}

/** What an honest person does, and what his line does meanwhile, one after the other. */
export type HonestAct =
  | { readonly act: 'watch'; readonly ms: number }
  | { readonly act: 'pause' | 'hide'; readonly ms: number }
  | { readonly act: 'goBack'; readonly share: number }
  | { readonly act: 'lineAway'; readonly ms: number };

const watching = fc.record({ act: fc.constant('watch' as const), ms: fc.integer({ min: 250, max: 25_000 }) });
const resting = fc.record({
  act: fc.constantFrom('pause' as const, 'hide' as const),
  ms: fc.integer({ min: 250, max: 60_000 }),
});
const goingBack = fc.record({
  act: fc.constant('goBack' as const),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
});

/** A lecture as people take it. The line is never away for longer than `longestMs`, and good for a while after it was. */
export function honestHistories(longestMs: number): fc.Arbitrary<HonestAct[]> {
  const away = fc.integer({ min: 250, max: longestMs }).chain((ms) =>
    watching.map((next): HonestAct[] => [
      { act: 'lineAway', ms },
      { ...next, ms: next.ms + 15_000 },
    ]),
  );
  const single = fc
    .oneof({ weight: 3, arbitrary: watching }, resting, goingBack)
    .map((act): HonestAct[] => [act]);
  return fc
    .array(fc.oneof({ weight: 2, arbitrary: single }, away), { maxLength: 14, size: 'max' })
    .map((acts) => acts.flat());
}

export const fates = fc.array(
  fc.record<Fate>({
    kind: fc.oneof(
      { weight: 8, arbitrary: fc.constant('arrives' as const) },
      fc.constantFrom('requestLost' as const, 'answerLost' as const, 'echoed' as const),
    ),
    delayMs: fc.oneof({ weight: 6, arbitrary: fc.nat(200) }, fc.nat(4_000)),
    echoMs: fc.nat(30_000),
  }),
  { minLength: 1, maxLength: 40, size: 'max' },
);

const GOOD: Fate = { kind: 'arrives', delayMs: 20, echoMs: 0 };

/** The player's fake server behind a line that delays, loses and repeats by a list of fates; afterwards it is good. */
export class StormyServer extends FakeServer {
  readonly #clock: TestClock;
  readonly #fates: Fate[];

  constructor(clock: TestClock, durationMs: number, fates: readonly Fate[]) {
    super(clock, durationMs);
    this.#clock = clock;
    this.#fates = [...fates];
  }

  override connect(): ViewingLine {
    const line = super.connect();
    return {
      // An opening that overtakes another is one more player's, and stops the one before.
      open: () => line.open(),
      report: (beat) => this.#send(() => line.report(beat)),
      answerPresence: (checkId, wish) => line.answerPresence(checkId, wish),
    };
  }

  async #send<T>(ask: () => Promise<T>): Promise<T> {
    const fate = this.#fates.shift() ?? GOOD;
    await new Promise<void>((resolve) => void this.#clock.after(fate.delayMs, resolve));
    if (fate.kind === 'requestLost') throw new TypeError('Failed to fetch');
    const answer = await ask();
    if (fate.kind === 'echoed') this.#clock.after(fate.echoMs, () => void ask().catch(() => undefined));
    if (fate.kind === 'answerLost') throw new TypeError('Failed to fetch');
    return answer;
  }
}
