import { ONLINE_LECTURE_MINUTES, type OnlineLectureClass } from '../renewal/lecture-class.ts';

export const MIN_CHOICES = 2;
export const MAX_CHOICES = 4;
export const MAX_CHAPTERS = 50;

export interface DraftChoice {
  readonly textJa: string;
  readonly textEn: string;
  readonly isRight: boolean;
}

export interface DraftQuestion {
  readonly textJa: string;
  readonly textEn: string;
  readonly explanationJa: string;
  readonly explanationEn: string;
  readonly choices: readonly DraftChoice[];
}

/** A chapter as far as it has been composed. */
export interface DraftChapter {
  readonly position: number;
  readonly titleJa: string;
  readonly titleEn: string;
  /** `durationMs` is null until the video is ready. */
  readonly video: { readonly durationMs: number | null } | null;
  readonly hasCaptionsJa: boolean;
  readonly hasCaptionsEn: boolean;
  readonly question: DraftQuestion | null;
}

/** What a chapter can lack. */
export type ChapterLack =
  'title' | 'video' | 'captionsJa' | 'captionsEn' | 'question' | 'questionWords' | 'choices' | 'rightChoice';

export type PublishingFault =
  | { readonly code: 'edition_empty'; readonly detail: Readonly<Record<string, never>> }
  | {
      readonly code: 'edition_chapter_incomplete';
      readonly detail: { readonly position: number; readonly lacks: ChapterLack };
    }
  /** Seconds of watched media: what there is and what the law asks for. */
  | {
      readonly code: 'edition_too_short';
      readonly detail: { readonly actual: number; readonly required: number };
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

/** The media of all chapters whose video is ready. */
export function totalMs(chapters: readonly Pick<DraftChapter, 'video'>[]): number {
  return chapters.reduce((sum, { video }) => sum + (video?.durationMs ?? 0), 0);
}

const isWritten = (...texts: string[]): boolean => texts.every((text) => text.trim() !== '');

function findQuestionLacks({
  textJa,
  textEn,
  explanationJa,
  explanationEn,
  choices,
}: DraftQuestion): ChapterLack[] {
  const lacks: ChapterLack[] = [];
  const words = [
    textJa,
    textEn,
    explanationJa,
    explanationEn,
    ...choices.flatMap((choice) => [choice.textJa, choice.textEn]),
  ];
  if (!isWritten(...words)) lacks.push('questionWords');
  if (choices.length < MIN_CHOICES || choices.length > MAX_CHOICES) lacks.push('choices');
  if (choices.filter(({ isRight }) => isRight).length !== 1) lacks.push('rightChoice');
  return lacks;
}

/** What is still to be done in a chapter, in the order of its form. */
export function findChapterLacks(chapter: DraftChapter): ChapterLack[] {
  const lacks: ChapterLack[] = [];
  if (!isWritten(chapter.titleJa, chapter.titleEn)) lacks.push('title');
  if (chapter.video?.durationMs == null) lacks.push('video');
  if (!chapter.hasCaptionsJa) lacks.push('captionsJa');
  if (!chapter.hasCaptionsEn) lacks.push('captionsEn');
  if (!chapter.question) lacks.push('question');
  else lacks.push(...findQuestionLacks(chapter.question));
  return lacks;
}

/** Everything that keeps an edition from being published, in the order of its chapters; empty when it may be. */
export function findPublishingFaults(
  edition: { readonly lectureClass: OnlineLectureClass; readonly chapters: readonly DraftChapter[] },
  scale: number,
): PublishingFault[] {
  const { lectureClass, chapters } = edition;
  if (chapters.length === 0) return [{ code: 'edition_empty', detail: {} }];
  const faults: PublishingFault[] = chapters.flatMap((chapter) =>
    findChapterLacks(chapter).map((lacks) => ({
      code: 'edition_chapter_incomplete' as const,
      detail: { position: chapter.position, lacks },
    })),
  );
  const [actual, required] = [totalMs(chapters), requiredMs(lectureClass, scale)];
  if (actual < required) {
    const detail = { actual: Math.floor(actual / SECOND_MS), required: Math.ceil(required / SECOND_MS) };
    faults.push({ code: 'edition_too_short', detail });
  }
  return faults;
}
