import fc from 'fast-check';
import { PLAY_STATES, type Heartbeat } from '#lib/domain/attendance/protocol.ts';

/** One thing that a hostile script does; positions are taken relative to what it has been told. */
export type HostileAct =
  | { readonly act: 'open' }
  | { readonly act: 'wait'; readonly ms: number }
  | { readonly act: 'stepClock'; readonly ms: number }
  | { readonly act: 'sweep' }
  | {
      readonly act: 'beat';
      /** Which of the viewings it ever opened, counted back from the newest. */
      readonly viewingsBack: number;
      readonly sequenceShift: number;
      readonly from: 'credited' | 'reported' | 'zero' | number;
      readonly spanMs: number;
      readonly state: Heartbeat['state'];
      readonly isRepeated: boolean;
    };

const HOUR_MS = 3_600_000;

const weirdNumbers = fc.constantFrom(
  Number.NaN,
  -1,
  1e308,
  0.5,
  Number.POSITIVE_INFINITY,
  Number.MAX_SAFE_INTEGER,
);

const beats: fc.Arbitrary<HostileAct> = fc.record({
  act: fc.constant('beat' as const),
  viewingsBack: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat(4)),
  sequenceShift: fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    fc.integer({ min: -3, max: 3 }),
    weirdNumbers,
  ),
  from: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('credited' as const, 'reported' as const, 'zero' as const) },
    { weight: 2, arbitrary: fc.nat(130_000) },
    weirdNumbers,
  ),
  spanMs: fc.oneof(
    { weight: 5, arbitrary: fc.nat(60_000) },
    fc.integer({ min: -10, max: 130_000 }),
    weirdNumbers,
  ),
  state: fc.oneof({ weight: 3, arbitrary: fc.constant('playing' as const) }, fc.constantFrom(...PLAY_STATES)),
  isRepeated: fc.boolean(),
});

/** Anything a script may send, in any order, at any time, while the server's clock may be set. */
export const hostileHistories = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: beats },
    { weight: 4, arbitrary: fc.record({ act: fc.constant('wait' as const), ms: fc.nat(80_000) }) },
    { weight: 2, arbitrary: fc.constant<HostileAct>({ act: 'open' }) },
    fc.constant<HostileAct>({ act: 'sweep' }),
    fc.record({
      act: fc.constant('stepClock' as const),
      ms: fc.constantFrom(-HOUR_MS, HOUR_MS, -500, 500, -30_000, 30_000),
    }),
  ),
  { maxLength: 60, size: 'max' },
);

/** What the script has been told: enough to aim well. */
export interface Aim {
  readonly creditedMs: number;
  readonly reportedMs: number;
  /** The last sequence that the aimed-at viewing answered. */
  readonly sequence: number;
}

export function hostileBeat(
  { sequenceShift, from, spanMs, state }: Extract<HostileAct, { act: 'beat' }>,
  viewingId: string,
  { creditedMs, reportedMs, sequence }: Aim,
): Heartbeat {
  const known = { credited: creditedMs, reported: reportedMs, zero: 0 };
  const fromMs = typeof from === 'number' ? from : known[from];
  return {
    viewingId,
    sequence: sequence + 1 + sequenceShift,
    fromMs,
    toMs: fromMs + spanMs,
    state,
    keyCount: 0,
  };
}
