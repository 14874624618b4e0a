import { describe, expect, it } from 'vitest';
import { beat, Chapter, CHAPTER, LIMITS, START } from '../../../../tests/support/chapter-model.ts';
import { openLease, settleHeartbeat } from './credit.ts';

describe('a heartbeat of an honest player', () => {
  it('is credited with the seconds that were played', () => {
    const decision = settleHeartbeat(
      openLease(CHAPTER, START),
      CHAPTER,
      beat(1, 0, 9_800),
      START + 10_000,
      LIMITS,
    );
    expect(decision).toMatchObject({ kind: 'credited', credit: { creditedMs: 9_800 }, uncounted: null });
  });

  it('catches up with the next one when it arrived before the clock had those seconds', () => {
    const chapter = new Chapter(60_000);
    chapter.beat(beat(1, 0, 10_000), START + 9_500);
    expect(chapter.credit).toMatchObject({ creditedMs: 9_500, reportedMs: 10_000 });
    chapter.beat(beat(2, 10_000, 20_000), START + 20_000);
    expect(chapter.credit.creditedMs).toBe(20_000);
  });

  it('loses nothing when the line was away for less than the lease lives', () => {
    const chapter = new Chapter(60_000);
    chapter.beat(beat(1, 0, 10_000), START + 10_000);
    chapter.beat(beat(2, 10_000, 50_000), START + 50_000);
    expect(chapter.credit.creditedMs).toBe(50_000);
  });

  it('keeps what was credited when the line was away for longer, and begins there again', () => {
    const chapter = new Chapter(60_000);
    chapter.beat(beat(1, 0, 10_000), START + 10_000);
    expect(chapter.beat(beat(2, 10_000, 55_000), START + 10_000 + LIMITS.leaseTtlMs + 1)).toMatchObject({
      kind: 'lapsed',
      reason: 'expired',
      closedRun: { fromMs: 0, toMs: 10_000 },
    });
    chapter.reopen(START + 120_000);
    chapter.beat(beat(1, 10_000, 20_000), START + 130_000);
    expect(chapter.credit.creditedMs).toBe(20_000);
  });

  it('counts on from a short skip of the player at the seam, and only from a short one', () => {
    const credit = { ...CHAPTER, creditedMs: 10_000, reportedMs: 10_000 };
    const lease = openLease(credit, START);
    expect(settleHeartbeat(lease, credit, beat(1, 11_500, 12_000), START + 5_000, LIMITS)).toMatchObject({
      credit: { creditedMs: 12_000 },
    });
    expect(settleHeartbeat(lease, credit, beat(1, 11_501, 12_000), START + 5_000, LIMITS)).toMatchObject({
      credit: { creditedMs: 10_000 },
      uncounted: { reason: 'not_contiguous', ms: 499 },
    });
  });

  it('never loses credit by going back or pausing', () => {
    const chapter = new Chapter(60_000);
    chapter.beat(beat(1, 0, 10_000), START + 10_000);
    chapter.beat(beat(2, 2_000, 4_000, 'paused'), START + 12_000);
    expect(chapter.credit.creditedMs).toBe(10_000);
  });

  it('is told after a quarter of an hour of pause that the viewing was closed', () => {
    const chapter = new Chapter(60_000);
    for (let sequence = 1, now = START; chapter.isOpen; sequence += 1) {
      now += 30_000;
      chapter.beat(beat(sequence, 0, 0, 'paused'), now);
      expect(now).toBeLessThan(START + LIMITS.maxPauseMs + 90_000);
    }
    expect(chapter.ledger).toEqual([]);
  });
});

describe('a hostile browser', () => {
  it('earns the milliseconds since the lease began with a first heartbeat that claims everything', () => {
    const chapter = { ...CHAPTER, durationMs: 600_000 };
    const claim = beat(1, 0, chapter.durationMs);
    expect(settleHeartbeat(openLease(chapter, START), chapter, claim, START + 195, LIMITS)).toMatchObject({
      kind: 'credited',
      credit: { creditedMs: 195 },
      uncounted: { reason: 'beyond_released' },
    });
  });

  it('earns nothing by repeating, and is refused for skipping a number', () => {
    const chapter = new Chapter(60_000);
    chapter.beat(beat(1, 0, 5_000), START + 5_000);
    expect(chapter.beat(beat(1, 0, 50_000), START + 9_000)).toEqual({ kind: 'repeated' });
    expect(chapter.beat(beat(3, 5_000, 9_000), START + 9_000)).toEqual({
      kind: 'refused',
      code: 'out_of_sequence',
    });
    expect(chapter.credit.creditedMs).toBe(5_000);
  });

  it.each([
    ['not a number', { fromMs: Number.NaN }],
    ['negative', { fromMs: -1 }],
    ['backwards', { fromMs: 10, toMs: 9 }],
    ['beyond the end', { toMs: 60_001 }],
    ['a fraction', { toMs: 1.5 }],
    ['infinite', { toMs: Number.POSITIVE_INFINITY }],
    ['sequence zero', { sequence: 0 }],
  ])('is refused for numbers that cannot be: %s', (_, fault) => {
    const report = { ...beat(1, 0, 1_000), ...fault };
    expect(settleHeartbeat(openLease(CHAPTER, START), CHAPTER, report, START + 1_000, LIMITS)).toEqual({
      kind: 'refused',
      code: 'malformed',
    });
  });

  it('earns nothing while the server clock is set back, and nothing twice afterwards', () => {
    const chapter = new Chapter(3_600_000);
    chapter.beat(beat(1, 0, 10_000), START + 10_000);
    chapter.beat(beat(2, 10_000, 20_000), START - 3_600_000);
    expect(chapter.credit.creditedMs).toBe(10_000);
    chapter.beat(beat(3, 20_000, 30_000), START + 15_000);
    expect(chapter.credit.creditedMs).toBe(15_000);
  });
});
