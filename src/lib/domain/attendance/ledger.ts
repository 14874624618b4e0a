import { tokyoDate, type CalendarDate } from '../renewal/calendar.ts';
import type { Run } from './credit.ts';
import { coversFromZero, subtract, unionLengthMs, type MediaInterval } from './range.ts';

/**
 * The second way to the credit: from what the ledger says happened, without the rule that credited it. It knows neither
 * heartbeats nor limits, only stretches of media, stretches of the wall clock and the order in which things were written.
 */

/** One row of `watched_interval`. */
export interface LedgerInterval extends Run {
  readonly chapterId: string;
  readonly viewingId: string;
}

/** One row of `lease_event`; `id` grows with the order of writing, whatever the clock said. */
export interface LedgerEvent {
  readonly id: number;
  readonly chapterId: string;
  readonly viewingId: string | null;
  readonly kind: string;
  /** Epoch milliseconds of the database's clock. */
  readonly at: number;
  /** Of a presence check that was missed: the media that had to be watched again. */
  readonly voided?: MediaInterval;
}

export interface AttendanceLedger {
  /** In the order of the edition; `creditedMs` is what the heartbeats' frontier says. */
  readonly chapters: readonly {
    readonly chapterId: string;
    readonly durationMs: number;
    readonly creditedMs: number;
  }[];
  /** First and last day of the renewal period, in Japan. */
  readonly periodStart: CalendarDate;
  readonly periodEnd: CalendarDate;
  readonly intervals: readonly LedgerInterval[];
  /** When the same person was watching for other attendances. */
  readonly elsewhere: readonly Pick<Run, 'startedAt' | 'endedAt'>[];
  readonly events: readonly LedgerEvent[];
}

/**
 * What can be wrong: the union of a chapter's intervals is not its `credit`, or leaves a `gap`; media ran at more `speed` than
 * the clock; the whole took less `wall` clock than its media; two intervals `overlap`; one lies outside the renewal `period` or
 * no `lease` was open for it; chapters, answers and photos are out of `order`; something is `unfinished`.
 */
export interface Disagreement {
  readonly kind:
    'credit' | 'gap' | 'speed' | 'wall' | 'overlap' | 'period' | 'lease' | 'order' | 'unfinished';
  readonly chapterId: string | null;
}

type Found = Disagreement[];

/**
 * The media of a chapter that its intervals cover, without what a missed presence check made void: of the viewings that were opened before
 * the miss was written, since a miss ends the viewing.
 */
function standingMedia({ intervals, events }: AttendanceLedger, chapterId: string): MediaInterval[] {
  const misses = events.filter((event) => event.chapterId === chapterId && event.voided);
  const media = intervals.filter((interval) => interval.chapterId === chapterId);
  if (misses.length === 0) return media;
  return media.flatMap((interval) => {
    const opening = events.find(
      ({ kind, viewingId }) => kind === 'opened' && viewingId === interval.viewingId,
    );
    return misses
      .filter(({ id }) => id > (opening?.id ?? 0))
      .reduce<MediaInterval[]>(
        (left, { voided }) => left.flatMap((part) => subtract(part, voided!)),
        [interval],
      );
  });
}

function checkChapters(ledger: AttendanceLedger): Found {
  const { chapters, intervals } = ledger;
  const isKnown = new Set(chapters.map(({ chapterId }) => chapterId));
  const strange = intervals.filter(({ chapterId }) => !isKnown.has(chapterId));
  return chapters
    .flatMap(({ chapterId, creditedMs, durationMs }) => {
      const media = standingMedia(ledger, chapterId);
      const unionMs = unionLengthMs(media);
      const found: Found = [];
      if (unionMs !== creditedMs || creditedMs > durationMs) found.push({ kind: 'credit', chapterId });
      if (!coversFromZero(media, unionMs)) found.push({ kind: 'gap', chapterId });
      return found;
    })
    .concat(strange.map(({ chapterId }) => ({ kind: 'credit', chapterId })));
}

/** Follows the wall clock over all intervals: how long one of them was running, and whether two ever ran at once. */
function followWallClock(intervals: readonly Pick<Run, 'startedAt' | 'endedAt'>[]) {
  const edges = intervals.flatMap(({ startedAt, endedAt }) => [
    { at: startedAt, step: 1 },
    { at: endedAt, step: -1 },
  ]);
  // Where one ends as another begins, the end comes first: they touch and do not overlap.
  edges.sort((a, b) => a.at - b.at || a.step - b.step);
  let running = 0;
  let most = 0;
  let wallMs = 0;
  let since = 0;
  for (const { at, step } of edges) {
    if (running > 0) wallMs += at - since;
    since = at;
    running += step;
    most = Math.max(most, running);
  }
  return { wallMs, isOverlapping: most > 1 };
}

function checkWallClock({ intervals, elsewhere }: AttendanceLedger): Found {
  const found: Found = intervals
    .filter(({ fromMs, toMs, startedAt, endedAt }) => !(endedAt - startedAt >= toMs - fromMs))
    .map(({ chapterId }) => ({ kind: 'speed', chapterId }));
  const chapterIds = [...new Set(intervals.map(({ chapterId }) => chapterId))];
  const mediaMs = chapterIds.reduce(
    (sum, id) => sum + unionLengthMs(intervals.filter(({ chapterId }) => chapterId === id)),
    0,
  );
  if (followWallClock(intervals).wallMs < mediaMs) found.push({ kind: 'wall', chapterId: null });
  if (followWallClock([...intervals, ...elsewhere]).isOverlapping) {
    found.push({ kind: 'overlap', chapterId: null });
  }
  return found;
}

function checkPeriod({ intervals, periodStart, periodEnd }: AttendanceLedger): Found {
  return intervals
    .filter(
      ({ startedAt, endedAt }) =>
        tokyoDate(new Date(startedAt)) < periodStart || tokyoDate(new Date(endedAt)) > periodEnd,
    )
    .map(({ chapterId }) => ({ kind: 'period', chapterId }));
}

/** Each interval belongs to a viewing that was opened for its chapter, before it began. */
function checkLeases({ intervals, events }: AttendanceLedger): Found {
  return intervals
    .filter(
      (interval) =>
        !events.some(
          (event) =>
            event.kind === 'opened' &&
            event.viewingId === interval.viewingId &&
            event.chapterId === interval.chapterId &&
            event.at <= interval.startedAt,
        ),
    )
    .map(({ chapterId }) => ({ kind: 'lease', chapterId }));
}

const STEPS = ['gate', 'answer', 'photo'] as const;

/** A chapter's end, its answer and its photo were written in this order, and the next chapter was opened after them. */
function checkOrder({ chapters, events }: AttendanceLedger): Found {
  const firstId = (chapterId: string, kind: string) =>
    events
      .filter((event) => event.chapterId === chapterId && event.kind === kind)
      .reduce((first, { id }) => Math.min(first, id), Infinity);
  let latest = 0;
  return chapters.flatMap(({ chapterId }): Found => {
    let isInOrder = true;
    for (const kind of ['opened', ...STEPS]) {
      const id = firstId(chapterId, kind);
      // What is still to come has no id; nothing may come after it.
      if (id < Infinity && id <= latest) isInOrder = false;
      latest = id;
    }
    return isInOrder ? [] : [{ kind: 'order', chapterId }];
  });
}

/**
 * All in which the ledger of an attendance and the frontier disagree, or the ledger contradicts itself; true of every
 * attendance at any time at which no run is open. Empty means that both ways lead to the same number.
 */
export function findDisagreements(ledger: AttendanceLedger): Disagreement[] {
  return [checkChapters, checkWallClock, checkPeriod, checkLeases, checkOrder].flatMap((check) =>
    check(ledger),
  );
}

/** The chapters of which the ledger does not show that all was watched, answered and photographed. */
export function findUnfinished(ledger: AttendanceLedger): Disagreement[] {
  const { chapters, events } = ledger;
  return chapters
    .filter(({ chapterId, durationMs }) => {
      const media = standingMedia(ledger, chapterId);
      const hasStep = (kind: string) =>
        events.some((event) => event.chapterId === chapterId && event.kind === kind);
      return !coversFromZero(media, durationMs) || !STEPS.every(hasStep);
    })
    .map(({ chapterId }) => ({ kind: 'unfinished', chapterId }));
}
