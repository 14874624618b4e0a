import { ONLINE_LECTURE_MINUTES, type OnlineLectureClass } from '../renewal/lecture-class.ts';
import { CAPTIONS_END_SLACK_MS } from './captions.ts';
import { FIRST_LANGUAGE, type InLanguages, type LanguageCode } from './languages.ts';

export const MIN_CHOICES = 2;
export const MAX_CHOICES = 4;
export const MAX_CHAPTERS = 50;
export const MAX_QUESTIONS = 20;

export interface DraftChoice {
  readonly texts: InLanguages<string>;
  readonly isRight: boolean;
}

export interface QuestionWords {
  readonly text: string;
  readonly explanation: string;
}

export interface DraftQuestion {
  readonly words: InLanguages<QuestionWords>;
  readonly choices: readonly DraftChoice[];
}

/** A chapter in one language, as far as it has been composed. */
export interface ChapterVersion {
  readonly title: string;
  /** The language's own; null: none chosen, and in other languages than Japanese the Japanese one. `durationMs` is null until it is ready. */
  readonly video: { readonly durationMs: number | null } | null;
  /** Where its captions end; null without captions. */
  readonly captionsEndMs: number | null;
}

export interface DraftChapter {
  readonly position: number;
  readonly versions: InLanguages<ChapterVersion>;
  /** The bank: for each attendance one of them is drawn. */
  readonly questions: readonly (DraftQuestion & {
    /** Somebody other than its author has answered it right in the preview (preview.ts), as it now is. */
    readonly isChecked: boolean;
  })[];
}

export interface DraftEdition {
  readonly lectureClass: OnlineLectureClass;
  readonly languages: readonly LanguageCode[];
  readonly chapters: readonly DraftChapter[];
  /** Chapters for other commissions to take over: nobody attends it, so the law asks for no minutes. */
  readonly isNational: boolean;
}

/** What a chapter lacks in one language. */
export type VersionLack = 'title' | 'video' | 'captions' | 'captionsTooLong' | 'questionWords';
/** What it lacks in all of them. */
export type BankLack = 'question' | 'choices' | 'rightChoice';

/** One thing that a chapter lacks; `question` counts from 1 and is there when it is about one question of several. */
export type ChapterLack =
  | { readonly lacks: VersionLack; readonly language: LanguageCode; readonly question?: number }
  | { readonly lacks: BankLack; readonly question?: number };

export type PublishingFault =
  | { readonly code: 'edition_empty'; readonly detail: Readonly<Record<string, never>> }
  | {
      readonly code: 'edition_chapter_incomplete';
      readonly detail: ChapterLack & { readonly position: number };
    }
  | {
      readonly code: 'edition_question_unchecked';
      /** The question's place in the chapter's bank, from 1. */
      readonly detail: { readonly position: number; readonly number: number };
    }
  /** Seconds of watched media in a language: what there is and what the law asks for. */
  | {
      readonly code: 'edition_too_short';
      readonly detail: {
        readonly language: LanguageCode;
        readonly actual: number;
        readonly required: number;
      };
    };

const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;

/**
 * How much media a lecture of this class has to have (施行規則38条11項1号の表: 30 and 60 minutes; questions, photos and terms
 * come on top). `scale` is 1 by law; only a demo shortens it.
 */
export function requiredMs(lectureClass: OnlineLectureClass, scale: number): number {
  return Math.ceil(ONLINE_LECTURE_MINUTES[lectureClass] * MINUTE_MS * scale);
}

/** What somebody watches who takes the chapter in this language: its own video, or the Japanese one; null when none has been chosen. */
export function videoIn<V>(
  versions: InLanguages<{ readonly video: V | null }>,
  language: LanguageCode,
): V | null {
  return versions[language]?.video ?? versions[FIRST_LANGUAGE]?.video ?? null;
}

/** The media of all chapters in a language, as far as the videos are ready. */
export function totalMs(chapters: readonly Pick<DraftChapter, 'versions'>[], language: LanguageCode): number {
  return chapters.reduce((sum, { versions }) => sum + (videoIn(versions, language)?.durationMs ?? 0), 0);
}

const isWritten = (...texts: (string | undefined)[]): boolean => texts.every((text) => text?.trim());

/**
 * What a chapter lacks in one language, apart from its questions. Captions are asked for with the Japanese video; a video that speaks the language
 * itself goes without.
 */
export function findVersionLacks({ versions }: DraftChapter, language: LanguageCode): VersionLack[] {
  const version = versions[language];
  const isFirst = language === FIRST_LANGUAGE;
  const lacks: VersionLack[] = [];
  if (!isWritten(version?.title)) lacks.push('title');
  // Where the Japanese video stands in, that it is missing is said once.
  if (isFirst ? version?.video?.durationMs == null : version?.video?.durationMs === null) lacks.push('video');
  const captionsEndMs = version?.captionsEndMs ?? null;
  const durationMs = videoIn(versions, language)?.durationMs ?? Infinity;
  if (captionsEndMs === null && (isFirst || !version?.video)) lacks.push('captions');
  // The video may have been changed for a shorter one since.
  if (captionsEndMs !== null && captionsEndMs > durationMs + CAPTIONS_END_SLACK_MS)
    lacks.push('captionsTooLong');
  return lacks;
}

function areWordsWritten({ words, choices }: DraftQuestion, language: LanguageCode): boolean {
  const { text, explanation } = words[language] ?? {};
  return isWritten(text, explanation, ...choices.map(({ texts }) => texts[language]));
}

function findQuestionLacks(question: DraftQuestion, languages: readonly LanguageCode[]): ChapterLack[] {
  const { choices } = question;
  const lacks: ChapterLack[] = languages
    .filter((language) => !areWordsWritten(question, language))
    .map((language) => ({ lacks: 'questionWords', language }));
  if (choices.length < MIN_CHOICES || choices.length > MAX_CHOICES) lacks.push({ lacks: 'choices' });
  if (choices.filter(({ isRight }) => isRight).length !== 1) lacks.push({ lacks: 'rightChoice' });
  return lacks;
}

/** What is still to be done in a chapter: language by language, then question by question. */
export function findChapterLacks(chapter: DraftChapter, languages: readonly LanguageCode[]): ChapterLack[] {
  const { questions } = chapter;
  const ofVersions = languages.flatMap((language) =>
    findVersionLacks(chapter, language).map((lacks): ChapterLack => ({ lacks, language })),
  );
  if (questions.length === 0) return [...ofVersions, { lacks: 'question' }];
  const ofQuestions = questions.flatMap((question, index) =>
    findQuestionLacks(question, languages).map((lack) =>
      questions.length === 1 ? lack : { ...lack, question: index + 1 },
    ),
  );
  return [...ofVersions, ...ofQuestions];
}

/** The questions that nobody but their authors has understood yet; of a chapter that is complete, since what it lacks changes them. */
function findUncheckedFaults(chapter: DraftChapter, languages: readonly LanguageCode[]): PublishingFault[] {
  if (findChapterLacks(chapter, languages).length > 0) return [];
  const { position, questions } = chapter;
  return questions.flatMap(({ isChecked }, index) =>
    isChecked ? [] : [{ code: 'edition_question_unchecked', detail: { position, number: index + 1 } }],
  );
}

/** Everything that keeps an edition from being published, in the order of its chapters; empty when it may be. */
export function findPublishingFaults(edition: DraftEdition, scale: number): PublishingFault[] {
  const { lectureClass, languages, chapters, isNational } = edition;
  if (chapters.length === 0) return [{ code: 'edition_empty', detail: {} }];
  const incomplete = chapters.flatMap((chapter) =>
    findChapterLacks(chapter, languages).map((lack) => ({
      code: 'edition_chapter_incomplete' as const,
      detail: { position: chapter.position, ...lack },
    })),
  );
  const unchecked = chapters.flatMap((chapter) => findUncheckedFaults(chapter, languages));
  if (isNational) return [...incomplete, ...unchecked];
  const required = requiredMs(lectureClass, scale);
  const tooShort = languages.flatMap((language) => {
    const actual = totalMs(chapters, language);
    if (actual >= required) return [];
    const detail = { actual: Math.floor(actual / SECOND_MS), required: Math.ceil(required / SECOND_MS) };
    return [{ code: 'edition_too_short' as const, detail: { language, ...detail } }];
  });
  return [...incomplete, ...unchecked, ...tooShort];
}
