import { z } from 'zod';
import { captionsEndMs } from '#lib/domain/lectures/captions.ts';
import {
  findChapterLacks,
  findPublishingFaults,
  requiredMs,
  totalMs,
  type ChapterVersion,
  type DraftChapter,
  type DraftEdition,
  type PublishingFault,
} from '#lib/domain/lectures/edition.ts';
import type { EditionState } from '#lib/domain/lectures/edition-states.ts';
import {
  FIRST_LANGUAGE,
  orderLanguages,
  type InLanguages,
  type LanguageCode,
} from '#lib/domain/lectures/languages.ts';
import type { OnlineLectureClass } from '#lib/domain/renewal/lecture-class.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { countUnfinished } from '../attendance/count-unfinished.ts';
import { listChapters, type ChapterRow, type Version } from './chapter.queries.ts';
import { findEdition, type EditionRow } from './edition.queries.ts';
import { assertOwn } from './lock-draft.ts';

const Id = z.uuid();

function versionOf({ title, videoId, videoState, durationMs, captions }: Version): ChapterVersion {
  return {
    title,
    video: videoId === null ? null : { durationMs: videoState === 'ready' ? durationMs : null },
    captionsEndMs: captions === null ? null : captionsEndMs(captions),
  };
}

/** What publishing looks at in a chapter. */
function draftOf({ position, versions, questions }: ChapterRow): DraftChapter {
  const shown = Object.entries(versions).map(([language, version]) => [language, versionOf(version)]);
  return { position, versions: Object.fromEntries(shown) as InLanguages<ChapterVersion>, questions };
}

/** What publishing looks at. */
export function composedOf(edition: EditionRow, chapters: readonly ChapterRow[]): DraftEdition {
  return {
    lectureClass: edition.lectureClass as OnlineLectureClass, // as the table's check constraint has it
    languages: orderLanguages(edition.languages),
    chapters: chapters.map(draftOf),
    isNational: edition.isNational,
  };
}

/**
 * An edition of the administrator's commission with its chapters, what each lacks, and what keeps it from being published.
 * `totals` are the media of each language. Refused: `not_found`, `not_allowed`.
 */
export async function getEdition(app: App, administrator: Administrator, editionId: string) {
  const edition = Id.safeParse(editionId).success ? await findEdition(app.db, editionId) : undefined;
  assertOwn(edition, administrator);
  const { commissionCode: _, ...shown } = edition;
  const { legalMinutesScale } = app.config;
  const rows = await listChapters(app.db, editionId);
  const composed = composedOf(edition, rows);
  const { lectureClass, languages, chapters } = composed;
  const totals = languages.map((language) => ({ language, totalMs: totalMs(chapters, language) }));
  return {
    ...shown,
    state: edition.state as EditionState,
    scheduleFault: edition.scheduleFault as PublishingFault | null, // as publish-due-editions.ts wrote it
    lectureClass,
    unfinishedCount: await countUnfinished(app, app.db, editionId),
    languages,
    requiredMs: edition.isNational ? 0 : requiredMs(lectureClass, legalMinutesScale),
    totals,
    totalMs: totalMs(chapters, FIRST_LANGUAGE),
    faults: findPublishingFaults(composed, legalMinutesScale),
    chapters: chapters.map((chapter, index) => {
      const { id, originChapterId, versions, questions } = rows[index]!;
      return {
        ...chapter,
        id,
        questions,
        isNational: originChapterId !== null,
        videoTitle: versions.ja?.videoTitle ?? null,
        lacks: findChapterLacks(chapter, languages),
      };
    }),
  };
}

/** One chapter with its captions, and the edition that it belongs to. Refused: `not_found`, `not_allowed`. */
export async function getChapter(
  app: App,
  administrator: Administrator,
  editionId: string,
  chapterId: string,
) {
  const edition = await getEdition(app, administrator, editionId);
  const chapter = (await listChapters(app.db, editionId)).find(({ id }) => id === chapterId);
  if (!chapter) throw new Refusal('not_found');
  return { edition, chapter };
}

/** The language of an address, when the edition declares it; else Japanese. */
export function declaredLanguage(
  { languages }: { readonly languages: readonly LanguageCode[] },
  wanted: string | null,
): LanguageCode {
  return languages.find((language) => language === wanted) ?? FIRST_LANGUAGE;
}
