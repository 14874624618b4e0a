import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beat, Chapter, LIMITS, START } from '../../../../tests/support/chapter-model.ts';
import { releasedMs } from './credit.ts';
import type { PlayState } from './protocol.ts';

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
  { maxLength: 80, size: 'max' },
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
        const broken: unknown[] = [];
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
          const { creditedMs, reportedMs } = chapter.credit;
          const reachMs = releasedMs({ ...chapter.credit, creditedMs: before }, LIMITS);
          const isWithin = creditedMs <= clockMs && creditedMs <= reportedMs && reportedMs <= reachMs;
          if (creditedMs < before || !isWithin || releasedMs(chapter.credit, LIMITS) > durationMs) {
            broken.push({ ...chapter.credit, before, clockMs, reachMs });
          }
        }
        expect(broken).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('an honest player whose line stops again and again for less than the lease loses nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: LIMITS.leaseTtlMs - 1_000 }), { maxLength: 20, size: 'max' }),
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
