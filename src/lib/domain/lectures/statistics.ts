import { addDays, type CalendarDate } from '../renewal/calendar.ts';

/**
 * The figures of an edition, from counts of people. Nobody is in them by himself: where fewer than `SMALL_GROUP` people stand behind a
 * breakdown it is null, and only the total is said (docs/decisions/0016-figures-without-persons.md).
 */

/** What fewer people than this did is not broken down: who knows one of them could read off what he did. */
export const SMALL_GROUP = 5;

/** Into so many parts of equal length a chapter is divided to say where people stop. */
export const CHAPTER_PARTS = 10;

export const MAX_DAYS = 30;

/** `underWay`: there a moment ago; `resting`: may well go on; `givenUp`: has done nothing for a long time. */
export type Activity = 'underWay' | 'resting' | 'givenUp';

/** What people wait at between two chapters, or in one. */
export const GATES = ['presence', 'question', 'photo'] as const;
export type Gate = (typeof GATES)[number];

/** So many people, begun and not completed, stand at the same place. */
export interface Standing {
  /** Null when only the survey is left. */
  readonly chapterId: string | null;
  readonly at: 'watching' | Gate | 'survey';
  /** While watching: the part of the chapter in which the credit ends, from 0. */
  readonly part: number | null;
  readonly activity: Activity;
  readonly people: number;
}

/** Of those who have not gone on: how many stand in each part of the chapter, and how many at its gates. */
export interface Stops {
  readonly parts: readonly number[];
  readonly gates: Readonly<Record<Gate, number>>;
}

export interface ChapterFigures {
  readonly chapterId: string;
  /** Everybody for whom this chapter came next at some time. */
  readonly reached: number;
  /** Watched to its end, whatever came after. */
  readonly watched: number;
  /** Watched, answered and photographed. */
  readonly passed: number;
  /** Stand in this chapter and are not under way. */
  readonly stopped: number;
  /** Null for a small group. */
  readonly stops: Stops | null;
}

export interface PeopleFigures {
  readonly started: number;
  readonly completed: number;
  readonly underWay: number;
  readonly resting: number;
  readonly givenUp: number;
  /** Not under way, with nothing left but the survey. */
  readonly stoppedAtSurvey: number;
}

const sum = (standings: readonly Standing[], isMeant: (standing: Standing) => boolean): number =>
  standings.reduce((people, standing) => people + (isMeant(standing) ? standing.people : 0), 0);

export const isSmallGroup = (people: number): boolean => people < SMALL_GROUP;

/** Everybody who began has completed, is under way, rests or has given up. */
export function countPeople(completed: number, standings: readonly Standing[]): PeopleFigures {
  const active = (activity: Activity) => sum(standings, (standing) => standing.activity === activity);
  return {
    started: completed + sum(standings, () => true),
    completed,
    underWay: active('underWay'),
    resting: active('resting'),
    givenUp: active('givenUp'),
    stoppedAtSurvey: sum(standings, ({ at, activity }) => at === 'survey' && activity !== 'underWay'),
  };
}

function stopsOf(standings: readonly Standing[]): Stops {
  const at = (place: Standing['at']) => sum(standings, (standing) => standing.at === place);
  return {
    parts: Array.from({ length: CHAPTER_PARTS }, (_, part) =>
      sum(standings, (standing) => standing.at === 'watching' && standing.part === part),
    ),
    gates: { presence: at('presence'), question: at('question'), photo: at('photo') },
  };
}

/**
 * The chapters in their order. Who stands in one has reached it and passed all before it; who has completed has passed all, and so has who
 * is only to answer the survey.
 */
export function countChapters(
  chapterIds: readonly string[],
  completed: number,
  standings: readonly Standing[],
): ChapterFigures[] {
  const indexOf = new Map(chapterIds.map((chapterId, index) => [chapterId, index]));
  const placeOf = ({ chapterId }: Standing) =>
    chapterId === null ? chapterIds.length : (indexOf.get(chapterId) ?? 0);
  return chapterIds.map((chapterId, index) => {
    const here = standings.filter((standing) => standing.chapterId === chapterId);
    const passed = completed + sum(standings, (standing) => placeOf(standing) > index);
    const isWatched = ({ at }: Standing) => at === 'question' || at === 'photo';
    const still = here.filter(({ activity }) => activity !== 'underWay');
    const stopped = sum(still, () => true);
    return {
      chapterId,
      reached: passed + sum(here, () => true),
      watched: passed + sum(here, isWatched),
      passed,
      stopped,
      stops: isSmallGroup(stopped) ? null : stopsOf(still),
    };
  });
}

/** From and to are days in Japan, both counted in; null is open. */
export interface Period {
  readonly from: CalendarDate | null;
  readonly to: CalendarDate | null;
}

/** The last days of the period, at most `MAX_DAYS`, none after today, ascending. */
export function daysShown({ from, to }: Period, today: CalendarDate): CalendarDate[] {
  const last = to !== null && to < today ? to : today;
  const days = Array.from({ length: MAX_DAYS }, (_, index) => addDays(last, index - MAX_DAYS + 1));
  return days.filter((day) => from === null || day >= from);
}
