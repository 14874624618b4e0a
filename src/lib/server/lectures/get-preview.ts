import { z } from 'zod';
import { videoIn } from '#lib/domain/lectures/edition.ts';
import type { EditionState } from '#lib/domain/lectures/edition-states.ts';
import {
  FIRST_LANGUAGE,
  LANGUAGE_CODES,
  orderLanguages,
  type LanguageCode,
} from '#lib/domain/lectures/languages.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { OnlineLectureClass } from '#lib/domain/renewal/lecture-class.ts';
import type { App } from '../app.ts';
import { listChapters, type ChapterRow } from './chapter.queries.ts';
import { findEdition } from './edition.queries.ts';
import { assertOwn } from './lock-draft.ts';

export const PreviewedChapter = z.object({
  editionId: z.uuid(),
  chapterId: z.uuid(),
  language: z.enum(LANGUAGE_CODES),
});

/** A chapter as a learner gets it who takes the lecture in this language. */
export function chapterIn({ id, position, versions, questions }: ChapterRow, language: LanguageCode) {
  const rows = Object.fromEntries(
    Object.entries(versions).map(([code, version]) => [
      code,
      { video: version.videoId === null ? null : version },
    ]),
  );
  const media = videoIn<ChapterRow['versions'][LanguageCode]>(rows, language);
  const isReady = media?.videoState === 'ready';
  return {
    id,
    position,
    title: versions[language]?.title ?? '',
    /** Null until there is one that is ready. */
    videoId: isReady ? media.videoId : null,
    durationMs: isReady ? media.durationMs : null,
    captions: LANGUAGE_CODES.filter((code) => versions[code]?.captions != null),
    descriptions: LANGUAGE_CODES.filter((code) => versions[code]?.descriptions != null),
    questions,
  };
}

/**
 * An edition of the administrator's commission, in any state, as a learner gets it who takes it in this language; one that the edition
 * does not declare becomes Japanese. Refused: `not_found`, `not_allowed`.
 */
export async function getPreview(
  app: App,
  administrator: Administrator,
  editionId: string,
  wanted: string | null,
) {
  const edition = z.uuid().safeParse(editionId).success ? await findEdition(app.db, editionId) : undefined;
  assertOwn(edition, administrator);
  const languages = orderLanguages(edition.languages);
  const language = languages.find((code) => code === wanted) ?? FIRST_LANGUAGE;
  const chapters = await listChapters(app.db, editionId);
  return {
    id: editionId,
    number: edition.number,
    // As the tables' check constraints have them.
    state: edition.state as EditionState,
    lectureClass: edition.lectureClass as OnlineLectureClass,
    titleJa: edition.titleJa,
    titleEn: edition.titleEn,
    languages,
    language,
    chapters: chapters.map((chapter) => {
      const { questions, ...shown } = chapterIn(chapter, language);
      return {
        ...shown,
        questions: questions.map(({ id, writtenBy, checkedBy, checkedByName, checkedAt }) => ({
          id,
          isOwn: writtenBy === administrator.officerId,
          isChecked: checkedBy !== null,
          checkedByName,
          checkedAt,
        })),
      };
    }),
  };
}

export type Preview = Awaited<ReturnType<typeof getPreview>>;

/** One chapter of a preview. Refused as `getPreview` says; `not_found`. */
export async function getPreviewedChapter(
  app: App,
  administrator: Administrator,
  ids: { editionId: string; chapterId: string },
  wanted: string | null,
) {
  const edition = await getPreview(app, administrator, ids.editionId, wanted);
  const index = edition.chapters.findIndex(({ id }) => id === ids.chapterId);
  const chapter = edition.chapters[index];
  if (!chapter) throw new Refusal('not_found');
  return { edition, chapter, next: edition.chapters[index + 1] ?? null };
}
