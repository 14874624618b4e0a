import { z } from 'zod';
import {
  countChapters,
  countPeople,
  daysShown,
  isSmallGroup,
  type ChapterFigures,
  type PeopleFigures,
} from '#lib/domain/lectures/statistics.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import {
  addDays,
  isCalendarDate,
  tokyoDate,
  tokyoInstant,
  type CalendarDate,
} from '#lib/domain/renewal/calendar.ts';
import type { OnlineLectureClass } from '#lib/domain/renewal/lecture-class.ts';
import type { App } from '../app.ts';
import type { DB, Transaction } from '../db/database.ts';
import { findEdition, type EditionRow } from './edition.queries.ts';
import { oneAtATime } from './one-at-a-time.ts';
import {
  getCompletions,
  listChapterNames,
  listChoices,
  listDays,
  listStandings,
  listTakenChoices,
  listUncountedReasons,
  type Cohort,
} from './statistics.queries.ts';

/** The instant at which the day begins in Japan. */
const startOf = (day: CalendarDate): Date => tokyoInstant(day, '00:00');

const Day = z.string().refine(isCalendarDate);

/** Days in Japan, both counted in; null is open. */
export const StatisticsPeriod = z
  .object({ from: Day.nullable(), to: Day.nullable() })
  .refine(({ from, to }) => from === null || to === null || from <= to);

export interface QuestionFigures {
  readonly questionId: string;
  readonly chapterPosition: number;
  readonly textJa: string;
  readonly textEn: string;
  readonly answered: number;
  /** Null for a small group, and so is how often each choice was taken. */
  readonly wrong: number | null;
  readonly choices: readonly {
    readonly choiceId: string;
    readonly textJa: string;
    readonly textEn: string;
    readonly isRight: boolean;
    readonly people: number | null;
  }[];
}

/** All are null when a small group stands behind them; `ms` also when the reason has no length. */
export interface UncountedFigures {
  readonly reason: string;
  readonly people: number | null;
  readonly times: number | null;
  readonly ms: number | null;
}

type NamedChapter = Awaited<ReturnType<typeof listChapterNames>>[number];

export interface EditionStatistics {
  readonly edition: Pick<EditionRow, 'id' | 'number' | 'titleJa' | 'titleEn'> & {
    readonly lectureClass: OnlineLectureClass;
  };
  readonly people: PeopleFigures;
  /** From the beginning to the completion, by the wall clock; null for a small group. */
  readonly wall: { readonly medianMs: number; readonly ninetiethMs: number } | null;
  readonly chapters: readonly (NamedChapter & ChapterFigures)[];
  readonly questions: readonly QuestionFigures[];
  readonly uncounted: readonly UncountedFigures[];
  /** Ascending, without gaps. */
  readonly days: readonly {
    readonly day: CalendarDate;
    readonly started: number;
    readonly completed: number;
  }[];
}

async function countQuestions(trx: Transaction<DB>, cohort: Cohort): Promise<QuestionFigures[]> {
  const taken = new Map(
    (await listTakenChoices(trx, cohort)).map(({ choiceId, people }) => [choiceId, people]),
  );
  const byQuestion = Map.groupBy(await listChoices(trx, cohort.editionId), ({ questionId }) => questionId);
  return [...byQuestion].map(([questionId, rows]) => {
    const { chapterPosition, textJa, textEn } = rows[0]!;
    const timesOf = ({ choiceId }: { choiceId: string }) => taken.get(choiceId) ?? 0;
    const answered = rows.reduce((total, row) => total + timesOf(row), 0);
    const right = rows.reduce((total, row) => total + (row.isRight ? timesOf(row) : 0), 0);
    const isSmall = isSmallGroup(answered);
    const choices = rows.map((row) => ({
      choiceId: row.choiceId,
      textJa: row.choiceJa,
      textEn: row.choiceEn,
      isRight: row.isRight,
      people: isSmall ? null : timesOf(row),
    }));
    const wrong = isSmall ? null : answered - right;
    return { questionId, chapterPosition, textJa, textEn, answered, wrong, choices };
  });
}

async function countUncounted(trx: Transaction<DB>, cohort: Cohort): Promise<UncountedFigures[]> {
  const rows = await listUncountedReasons(trx, cohort);
  return rows.map(({ reason, people, times, ms }) => {
    if (isSmallGroup(people)) return { reason, people: null, times: null, ms: null };
    return { reason, people, times, ms: ms === 0 ? null : ms };
  });
}

async function countDays(trx: Transaction<DB>, editionId: string, days: readonly CalendarDate[]) {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const bounds = { since: startOf(first), until: startOf(addDays(last, 1)) };
  const rows = new Map((await listDays(trx, editionId, bounds)).map((row) => [row.day, row]));
  return days.map((day) => rows.get(day) ?? { day, started: 0, completed: 0 });
}

/**
 * The figures of an edition of the administrator's commission: of the attendances that began in the period, and for its last days how many
 * began and completed. No person is in them, and no breakdown of fewer people than `SMALL_GROUP`. Refused: `not_found`, also for an edition
 * of another commission.
 */
export async function getEditionStatistics(
  app: App,
  administrator: Administrator,
  editionId: string,
  period: z.output<typeof StatisticsPeriod>,
): Promise<EditionStatistics> {
  const edition = z.uuid().safeParse(editionId).success ? await findEdition(app.db, editionId) : undefined;
  if (edition?.commissionCode !== administrator.commissionCode) throw new Refusal('not_found');
  const { from, to } = period;
  const today = tokyoDate(app.clock.now());
  const cohort: Cohort = {
    editionId,
    since: from === null ? null : startOf(from),
    until: to === null || to >= today ? null : startOf(addDays(to, 1)),
  };
  const days = daysShown(period, today);
  // Read only, and all of one moment: the parts add up while people go on. One at a time in a process: the other connections are for
  // those who watch.
  const reading = app.db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
  const read = async (trx: Transaction<DB>): Promise<EditionStatistics> => {
    const { completed, wallMs } = await getCompletions(trx, cohort);
    const standings = await listStandings(trx, app.clock, cohort);
    const names = await listChapterNames(trx, editionId);
    const chapterIds = names.map(({ id }) => id);
    const chapters = countChapters(chapterIds, completed, standings);
    const { id, number, titleJa, titleEn } = edition;
    return {
      edition: { id, number, titleJa, titleEn, lectureClass: edition.lectureClass as OnlineLectureClass },
      people: countPeople(completed, standings),
      wall:
        wallMs === null || isSmallGroup(completed) ? null : { medianMs: wallMs[0], ninetiethMs: wallMs[1] },
      chapters: names.map((name, index) => ({ ...name, ...chapters[index]! })),
      questions: await countQuestions(trx, cohort),
      uncounted: await countUncounted(trx, cohort),
      days: await countDays(trx, editionId, days),
    };
  };
  return oneAtATime(app.db, () => reading.execute(read));
}
