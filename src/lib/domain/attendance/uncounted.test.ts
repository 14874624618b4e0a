import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ATTENDANCE_LIMITS } from '../limits.ts';
import { listTold, lostMedia, sumUncounted, type Uncounted } from './uncounted.ts';

const CREDIT = { creditedMs: 10_000, reportedMs: 12_000, durationMs: 600_000 };
const lost = (fromMs: number, toMs: number, gateMs: number | null = null) =>
  lostMedia({ ...CREDIT, gateMs }, { fromMs, toMs }, ATTENDANCE_LIMITS);

describe('what a refused heartbeat says was played', () => {
  it('is lost from the credit on, with what the clock had still to credit', () => {
    expect(lost(12_000, 20_000)).toEqual({ fromMs: 10_000, toMs: 20_000 });
  });

  it('is lost where it lies when it does not join', () => {
    expect(lost(20_000, 25_000)).toEqual({ fromMs: 20_000, toMs: 25_000 });
  });

  it('is not lost when it was credited meanwhile, or nothing was played', () => {
    expect(lost(0, 10_000)).toBeNull();
    expect(lost(10_000, 10_000)).toBeNull();
  });

  it('is no more than could be played, whatever is claimed', () => {
    expect(lost(0, 600_000)).toEqual({ fromMs: 10_000, toMs: 75_000 });
    expect(lost(0, 600_000, 15_000)).toEqual({ fromMs: 10_000, toMs: 15_000 });
    expect(lost(100_000, 600_000)).toBeNull();
  });

  it('is nothing when its numbers are none', () => {
    fc.assert(
      fc.property(fc.double(), fc.double(), (fromMs, toMs) => {
        const found = lost(fromMs, toMs);
        if (found === null) return;
        expect(Number.isSafeInteger(fromMs) && Number.isSafeInteger(toMs)).toBe(true);
        expect(found.toMs - found.fromMs).toBeLessThanOrEqual(ATTENDANCE_LIMITS.lookMs);
      }),
    );
    expect(lost(-5, 20_000)).toBeNull();
    expect(lost(0, 1e308)).toBeNull();
  });
});

describe('what is told of it', () => {
  const at = (seconds: number) => new Date(seconds * 1_000);
  const entry = (position: number, cause: Uncounted['cause'], ms: number, second: number): Uncounted => ({
    position,
    cause,
    ms,
    from: at(second),
    until: at(second),
  });

  it('begins at a second, in the order in which it happened', () => {
    const told = listTold([
      entry(1, 'superseded', 5_000, 20),
      entry(1, 'expired', 999, 1),
      entry(1, 'expired', 1_000, 2),
    ]);
    expect(told.map(({ cause, ms }) => [cause, ms])).toEqual([
      ['expired', 1_000],
      ['superseded', 5_000],
    ]);
  });

  it('is summed by chapter and reason', () => {
    const totals = sumUncounted([
      entry(2, 'expired', 1_000, 1),
      entry(1, 'presenceMissed', 2_000, 2),
      entry(1, 'expired', 3_000, 3),
      entry(2, 'expired', 4_000, 4),
    ]);
    expect(totals).toEqual([
      { position: 1, cause: 'expired', ms: 3_000 },
      { position: 1, cause: 'presenceMissed', ms: 2_000 },
      { position: 2, cause: 'expired', ms: 5_000 },
    ]);
  });
});
