import { z } from 'zod';
import {
  findChapterLacks,
  findPublishingFaults,
  requiredMs,
  totalMs,
  type DraftChapter,
  type PublishingFault,
} from '#lib/domain/lectures/edition.ts';
import type { EditionState } from '#lib/domain/lectures/edition-states.ts';
import type { OnlineLectureClass } from '#lib/domain/renewal/lecture-class.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { countUnfinished } from '../attendance/count-unfinished.ts';
import { listChapters, type ChapterRow } from './chapter.queries.ts';
import { findEdition } from './edition.queries.ts';
import { assertOwn } from './lock-draft.ts';

const Id = z.uuid();

/** What publishing looks at. */
export function draftOf(chapter: ChapterRow): DraftChapter {
  const { position, titleJa, titleEn, videoState, durationMs, question } = chapter;
  return {
    position,
    titleJa,
    titleEn,
    video: chapter.videoId === null ? null : { durationMs: videoState === 'ready' ? durationMs : null },
    hasCaptionsJa: chapter.captionsJa !== null,
    hasCaptionsEn: chapter.captionsEn !== null,
    question,
  };
}

/**
 * An edition of the administrator's commission with its chapters, what each lacks, and what keeps it from being published.
 * Refused: `not_found`, `not_allowed`.
 */
export async function getEdition(app: App, administrator: Administrator, editionId: string) {
  const edition = Id.safeParse(editionId).success ? await findEdition(app.db, editionId) : undefined;
  assertOwn(edition, administrator);
  const { commissionCode: _, ...shown } = edition;
  const lectureClass = edition.lectureClass as OnlineLectureClass; // as the table's check constraint has it
  const rows = await listChapters(app.db, editionId);
  const chapters = rows.map(draftOf);
  return {
    ...shown,
    state: edition.state as EditionState,
    scheduleFault: edition.scheduleFault as PublishingFault | null, // as publish-due-editions.ts wrote it
    lectureClass,
    unfinishedCount: await countUnfinished(app, app.db, editionId),
    requiredMs: requiredMs(lectureClass, app.config.legalMinutesScale),
    totalMs: totalMs(chapters),
    faults: findPublishingFaults({ lectureClass, chapters }, app.config.legalMinutesScale),
    chapters: rows.map((row) => {
      const draft = draftOf(row);
      return { ...draft, id: row.id, videoTitle: row.videoTitle, lacks: findChapterLacks(draft) };
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
