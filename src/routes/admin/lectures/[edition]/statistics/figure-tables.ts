import { formatDateWithWeekday } from '#lib/components/format-date.ts';
import { CHAPTER_PARTS, GATES } from '#lib/domain/lectures/statistics.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { EditionStatistics } from '#lib/server/lectures/get-edition-statistics.ts';
import { titleOf } from '../../../admin-words.ts';
import { gateWords, placeInVideo, reasonWords } from './statistics-words.ts';

/** What a column holds: words, counts, a share from 0 to 1, or milliseconds. */
export type ColumnKind = 'text' | 'people' | 'times' | 'share' | 'time';

/** Null: fewer people than may be broken down. An empty text: there is no such figure. */
export type Cell = string | number | null;

/** The same tables are shown on the page, drawn as charts and saved as CSV. */
export interface FigureTable {
  readonly caption: string;
  readonly columns: readonly { readonly heading: string; readonly kind: ColumnKind }[];
  readonly rows: readonly (readonly Cell[])[];
}

type Chapter = EditionStatistics['chapters'][number];
type Question = EditionStatistics['questions'][number];

const people = (heading: string) => ({ heading, kind: 'people' as const });
const text = (heading: string) => ({ heading, kind: 'text' as const });
const share = (heading: string) => ({ heading, kind: 'share' as const });
const textOf = ({ textJa, textEn }: { textJa: string; textEn: string }) =>
  titleOf({ titleJa: textJa, titleEn: textEn });

export const chapterName = (chapter: Chapter): string =>
  m.statistics_chapter_name({ position: chapter.position, title: titleOf(chapter) });

/** The figures that stand at the head of the page. */
export function summaryTable({ people: all }: EditionStatistics): FigureTable {
  return {
    caption: m.statistics_summary(),
    columns: [text(m.statistics_item()), people(m.statistics_value())],
    rows: [
      [m.statistics_started(), all.started],
      [m.statistics_completed(), all.completed],
      [m.statistics_under_way(), all.underWay],
      [m.statistics_resting(), all.resting],
      [m.statistics_given_up(), all.givenUp],
      [m.statistics_at_survey(), all.stoppedAtSurvey],
    ],
  };
}

export function wallTable({ wall }: EditionStatistics): FigureTable {
  return {
    caption: m.statistics_wall(),
    columns: [text(m.statistics_item()), { heading: m.statistics_length(), kind: 'time' }],
    rows: [
      [m.statistics_wall_median_item(), wall?.medianMs ?? null],
      [m.statistics_wall_ninetieth_item(), wall?.ninetiethMs ?? null],
    ],
  };
}

export function daysTable({ days }: EditionStatistics): FigureTable {
  return {
    caption: m.statistics_days(),
    columns: [text(m.statistics_day()), people(m.statistics_started()), people(m.statistics_completed())],
    rows: days.map(({ day, started, completed }) => [
      formatDateWithWeekday(day, getLocale()),
      started,
      completed,
    ]),
  };
}

export function chaptersTable({ chapters }: EditionStatistics): FigureTable {
  return {
    caption: m.statistics_chapters(),
    columns: [
      text(m.statistics_chapter()),
      people(m.statistics_reached()),
      people(m.statistics_watched()),
      people(m.statistics_passed()),
      people(m.statistics_stopped()),
    ],
    rows: chapters.map((chapter) => [
      chapterName(chapter),
      chapter.reached,
      chapter.watched,
      chapter.passed,
      chapter.stopped,
    ]),
  };
}

/** The tenths of the chapter's video, then its gates; nothing when nobody, or too few, have stopped in it. */
export function stopsTable(chapter: Chapter): FigureTable {
  const { stops } = chapter;
  const partMs = (chapter.durationMs ?? 0) / CHAPTER_PARTS;
  const parts = (stops?.parts ?? []).map((count, part) => {
    const [from, to] = [placeInVideo(part * partMs), placeInVideo((part + 1) * partMs)];
    return [m.statistics_place_part({ from, to }), count];
  });
  const gates = stops ? GATES.map((gate) => [gateWords(gate), stops.gates[gate]]) : [];
  return {
    caption: `${m.statistics_stops()} (${chapterName(chapter)})`,
    columns: [text(m.statistics_place()), people(m.statistics_stopped())],
    rows: [...parts, ...gates],
  };
}

export const questionName = (question: Question): string =>
  m.statistics_question_name({ position: question.chapterPosition, text: textOf(question) });

const shareOf = (part: number | null, whole: number): number | null | '' =>
  whole === 0 ? '' : part === null ? null : part / whole;

export function questionsTable({ questions }: EditionStatistics): FigureTable {
  return {
    caption: m.statistics_questions(),
    columns: [
      text(m.statistics_questions()),
      people(m.statistics_answered()),
      people(m.statistics_wrong()),
      share(m.statistics_wrong_share()),
    ],
    rows: questions.map((question) => [
      questionName(question),
      question.answered,
      question.answered === 0 ? '' : question.wrong,
      shareOf(question.wrong, question.answered),
    ]),
  };
}

export function choicesTable(question: Question): FigureTable {
  return {
    caption: questionName(question),
    columns: [
      text(m.statistics_choice()),
      people(m.statistics_choice_people()),
      share(m.statistics_choice_share()),
    ],
    rows: question.choices.map((choice) => [
      choice.isRight ? m.statistics_right_choice({ text: textOf(choice) }) : textOf(choice),
      question.answered === 0 ? '' : choice.people,
      shareOf(choice.people, question.answered),
    ]),
  };
}

export function uncountedTable({ uncounted }: EditionStatistics): FigureTable {
  return {
    caption: m.statistics_uncounted(),
    columns: [
      text(m.statistics_reason()),
      people(m.statistics_affected()),
      { heading: m.statistics_times(), kind: 'times' },
      { heading: m.statistics_length(), kind: 'time' },
    ],
    rows: uncounted.map(({ reason, people, times, ms }) => [
      reasonWords(reason),
      people,
      times ?? '',
      ms ?? '',
    ]),
  };
}

/** All of them, in the order of the page. */
export const allTables = (figures: EditionStatistics): FigureTable[] => [
  summaryTable(figures),
  wallTable(figures),
  daysTable(figures),
  chaptersTable(figures),
  ...figures.chapters.map(stopsTable).filter(({ rows }) => rows.length > 0),
  questionsTable(figures),
  ...figures.questions.map(choicesTable),
  uncountedTable(figures),
];
