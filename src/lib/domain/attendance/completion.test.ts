import { describe, expect, it } from 'vitest';
import { findObstacles } from './completion.ts';
import type { AttendanceLedger, LedgerEvent, LedgerInterval } from './ledger.ts';

const NOON = Date.UTC(2026, 10, 22, 3, 0, 0);
const KINDS = ['opened', 'gate', 'answer', 'photo'];

const interval = (chapterId: string, fromMs: number, toMs: number, startedAt: number): LedgerInterval => ({
  chapterId,
  viewingId: `${chapterId}-viewing`,
  fromMs,
  toMs,
  startedAt: NOON + startedAt,
  endedAt: NOON + startedAt + toMs - fromMs,
});

/** Two chapters of a minute, the first in two runs, watched, answered and photographed in order. */
const ledger: AttendanceLedger = {
  chapters: [
    { chapterId: 'one', durationMs: 60_000, creditedMs: 60_000 },
    { chapterId: 'two', durationMs: 60_000, creditedMs: 60_000 },
  ],
  periodStart: '2026-11-01',
  periodEnd: '2026-11-22',
  intervals: [
    interval('one', 0, 20_000, 0),
    interval('one', 20_000, 60_000, 30_000),
    interval('two', 0, 60_000, 100_000),
  ],
  elsewhere: [],
  events: ['one', 'two'].flatMap((chapterId, chapter) =>
    KINDS.map((kind, step): LedgerEvent => ({
      id: chapter * KINDS.length + step + 1,
      chapterId,
      kind,
      viewingId: step < 2 ? `${chapterId}-viewing` : null,
      at: NOON + chapter * 100_000 + (step > 0 ? 80_000 : 0),
    })),
  ),
};

const kinds = (changes: Partial<AttendanceLedger>) =>
  [...new Set(findObstacles({ ...ledger, ...changes }).map(({ kind }) => kind))].sort();
const withInterval = (index: number, changes: Partial<LedgerInterval>) => ({
  intervals: ledger.intervals.map((row, at) => (at === index ? { ...row, ...changes } : row)),
});
const withoutEvent = (id: number) => ({ events: ledger.events.filter((event) => event.id !== id) });

describe('the ledger of a whole lecture', () => {
  it('lets it be completed, in whatever order its rows are read', () => {
    expect(kinds({})).toEqual([]);
    expect(kinds({ intervals: ledger.intervals.toReversed(), events: ledger.events.toReversed() })).toEqual(
      [],
    );
  });

  it('may have been taken in runs that touch on the wall clock, and with something watched twice', () => {
    expect(kinds(withInterval(1, { startedAt: NOON + 20_000 }))).toEqual([]);
    expect(kinds({ intervals: [...ledger.intervals, interval('one', 5_000, 10_000, 75_000)] })).toEqual([]);
  });
});

describe('completion is stopped', () => {
  it.each([0, 1, 2])('when row %i is missing', (missing) => {
    expect(kinds({ intervals: ledger.intervals.filter((_, index) => index !== missing) })).toContain(
      'unfinished',
    );
  });

  it('by a gap of one millisecond, and by a frontier that says something else than the ledger', () => {
    expect(kinds(withInterval(1, { fromMs: 20_001 }))).toEqual(['credit', 'gap', 'unfinished']);
    const [one, two] = ledger.chapters;
    expect(kinds({ chapters: [one!, { ...two!, creditedMs: 59_999 }] })).toEqual(['credit']);
    expect(kinds({ chapters: [one!, { ...two!, durationMs: 60_001 }] })).toEqual(['unfinished']);
    expect(kinds({ chapters: [one!, { ...two!, durationMs: 59_999 }] })).toEqual(['credit']);
  });

  it('by media that ran faster than the clock, even when the whole took long enough', () => {
    const { endedAt } = ledger.intervals[1]!;
    expect(kinds(withInterval(1, { endedAt: endedAt - 1 }))).toEqual(['speed', 'wall']);
    const rewatched = interval('two', 0, 30_000, 300_000);
    const slow = { ...rewatched, endedAt: rewatched.endedAt + 60_000 };
    const { intervals } = withInterval(1, { endedAt: endedAt - 1 });
    expect(kinds({ intervals: [...intervals, slow] })).toEqual(['speed']);
  });

  it('by two players at once, in this attendance or in another one of the same person', () => {
    expect(kinds(withInterval(1, { startedAt: NOON + 19_999 }))).toEqual(['overlap']);
    expect(kinds({ elsewhere: [{ startedAt: NOON + 159_999, endedAt: NOON + 200_000 }] })).toEqual([
      'overlap',
    ]);
    expect(kinds({ elsewhere: [{ startedAt: NOON + 160_000, endedAt: NOON + 200_000 }] })).toEqual([]);
  });

  it('by a minute before or after the renewal period, by the days of Japan', () => {
    expect(kinds({ periodStart: '2026-11-23', periodEnd: '2026-12-22' })).toEqual(['period']);
    expect(kinds({ periodEnd: '2026-11-21' })).toEqual(['period']);
    const midnight = Date.parse('2026-11-23T00:00:00+09:00');
    expect(kinds(withInterval(2, { startedAt: midnight - 60_000, endedAt: midnight - 1 }))).not.toContain(
      'period',
    );
    expect(kinds(withInterval(2, { startedAt: midnight - 60_000, endedAt: midnight }))).toContain('period');
  });

  it('by an interval of a viewing that was never opened, opened later, or opened for another chapter', () => {
    expect(kinds(withInterval(2, { viewingId: 'nobody' }))).toEqual(['lease']);
    expect(kinds(withInterval(2, { viewingId: 'one-viewing' }))).toEqual(['lease']);
    expect(kinds(withInterval(0, { startedAt: NOON - 1 }))).toEqual(['lease']);
  });

  it.each([2, 3, 4, 6, 7, 8])('when event %i is missing: a chapter end, an answer or a photo', (id) => {
    expect(kinds(withoutEvent(id))).toContain('unfinished');
  });

  it('by an answer before the end of the chapter, and by a chapter that was opened before the last one was done', () => {
    const renumber = (from: number, to: number) => ({
      events: ledger.events.map((event) => (event.id === from ? { ...event, id: to } : event)),
    });
    expect(kinds(renumber(3, 1.5))).toEqual(['order']);
    expect(kinds(renumber(5, 3.5))).toEqual(['order']);
  });

  it('for an edition without chapters, and for media of a chapter that is not in it', () => {
    expect(kinds({ chapters: [], intervals: [], events: [] })).toEqual(['unfinished']);
    const [one] = ledger.chapters;
    expect(kinds({ chapters: [one!] })).toEqual(['credit']);
  });
});
