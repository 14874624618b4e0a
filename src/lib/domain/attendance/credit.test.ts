import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ATTENDANCE_LIMITS } from '../limits.ts';
import { findDisagreements } from './completion.ts';
import {
  openLease,
  releasedMs,
  settleHeartbeat,
  type ChapterCredit,
  type Lease,
  type Run,
} from './credit.ts';
import type { Heartbeat, PlayState } from './protocol.ts';

const LIMITS = ATTENDANCE_LIMITS;
const START = Date.UTC(2026, 10, 22, 3, 0, 0);
const CHAPTER: ChapterCredit = { creditedMs: 0, reportedMs: 0, durationMs: 60_000 };

function beat(sequence: number, fromMs: number, toMs: number, state: PlayState = 'playing'): Heartbeat {
  return { viewingId: 'v', sequence, fromMs, toMs, state, keyCount: 0 };
}

/** One person's chapter on the server: what the database would hold, driven by the pure rule. */
class Chapter {
  credit: ChapterCredit;
  lease: Lease;
  ledger: Run[] = [];
  isOpen = true;
  constructor(durationMs: number, nowMs = START) {
    this.credit = { creditedMs: 0, reportedMs: 0, durationMs };
    this.lease = openLease(this.credit, nowMs);
  }
  reopen(nowMs: number) {
    if (this.isOpen && this.lease.run.toMs > this.lease.run.fromMs) this.ledger.push(this.lease.run);
    this.lease = openLease(this.credit, nowMs);
    this.isOpen = true;
  }
  beat(report: Heartbeat, nowMs: number) {
    if (!this.isOpen) return undefined;
    const decision = settleHeartbeat(this.lease, this.credit, report, nowMs, LIMITS);
    if (decision.kind === 'credited') ({ credit: this.credit, lease: this.lease } = decision);
    if (decision.kind === 'lapsed' || (decision.kind === 'credited' && decision.isChapterWatched))
      this.isOpen = false;
    if ((decision.kind === 'credited' || decision.kind === 'lapsed') && decision.closedRun) {
      this.ledger.push(decision.closedRun);
    }
    return decision;
  }
}

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
    const decision = settleHeartbeat(
      openLease(CHAPTER, START),
      CHAPTER,
      beat(1, 0, 60_000),
      START + 195,
      LIMITS,
    );
    expect(decision).toMatchObject({
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

const reports = fc.array(
  fc.record({
    waitMs: fc.integer({ min: -5_000, max: 60_000 }),
    fromMs: fc.integer({ min: -10, max: 130_000 }),
    spanMs: fc.integer({ min: -10, max: 130_000 }),
    sequenceShift: fc.constantFrom(0, 0, 0, 0, -1, 1, -3),
    state: fc.constantFrom<PlayState>(
      'playing',
      'playing',
      'playing',
      'paused',
      'hidden',
      'waiting',
      'ended',
    ),
    reopens: fc.boolean(),
    joins: fc.boolean(),
  }),
  { maxLength: 80 },
);

describe('whatever a browser says', () => {
  it('credit never exceeds the clock inside live leases, never falls, and no key beyond it is released', () => {
    fc.assert(
      fc.property(reports, fc.integer({ min: 1_000, max: 120_000 }), (history, durationMs) => {
        const chapter = new Chapter(durationMs);
        let now = START;
        let latest = START;
        let clockMs = 0;
        let sequence = 0;
        for (const step of history) {
          now += step.waitMs;
          if (!chapter.isOpen && step.reopens && chapter.credit.creditedMs < durationMs) {
            latest = Math.max(latest, now);
            chapter.reopen(latest);
            sequence = 0;
          }
          sequence += 1;
          const before = chapter.credit.creditedMs;
          const from = step.joins ? chapter.credit.reportedMs : step.fromMs;
          const lastBeatAt = chapter.lease.lastBeatAt;
          const decision = chapter.beat(
            beat(sequence + step.sequenceShift, from, from + step.spanMs, step.state),
            now,
          );
          if (decision?.kind === 'credited') {
            clockMs += Math.max(0, now - lastBeatAt);
            latest = Math.max(latest, now);
          } else sequence = chapter.lease.sequence;
          expect(chapter.credit.creditedMs).toBeGreaterThanOrEqual(before);
          expect(chapter.credit.creditedMs).toBeLessThanOrEqual(clockMs);
          expect(chapter.credit.creditedMs).toBeLessThanOrEqual(chapter.credit.reportedMs);
          expect(chapter.credit.reportedMs).toBeLessThanOrEqual(
            releasedMs({ ...chapter.credit, creditedMs: before }, LIMITS),
          );
          expect(releasedMs(chapter.credit, LIMITS)).toBeLessThanOrEqual(durationMs);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('the ledger tells the same as the frontier once the chapter has been watched', () => {
    fc.assert(
      fc.property(reports, (history) => {
        const durationMs = 40_000;
        const chapter = new Chapter(durationMs);
        let now = START;
        for (const step of history) {
          now += Math.abs(step.waitMs);
          if (!chapter.isOpen && chapter.credit.creditedMs < durationMs) {
            chapter.reopen(now);
          }
          const from = chapter.credit.reportedMs;
          const next = chapter.lease.sequence + 1;
          chapter.beat(beat(next, from, Math.min(durationMs, from + 10_000), step.state), now);
        }
        const faults = findDisagreements([
          { chapterId: 'c', durationMs, creditedMs: chapter.credit.creditedMs, runs: chapter.ledger },
        ]);
        expect(faults.length === 0).toBe(chapter.credit.creditedMs === durationMs);
      }),
      { numRuns: 1_000 },
    );
  });

  it('an honest player whose line stops again and again for less than the lease loses nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: LIMITS.leaseTtlMs - 1_000 }), { maxLength: 20 }),
        (gaps) => {
          const durationMs = 3_600_000;
          const chapter = new Chapter(durationMs);
          let played = 0;
          gaps.forEach((gap, index) => {
            const from = played;
            played += gap;
            chapter.beat(beat(index + 1, from, played), START + played + 500);
          });
          expect(chapter.credit.creditedMs).toBe(played);
        },
      ),
    );
  });
});
