import { findPublishingFaults, totalMs } from '#lib/domain/lectures/edition.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { OnlineLectureClass } from '#lib/domain/renewal/lecture-class.ts';
import type { App } from '../app.ts';
import type { DB, Transaction } from '../db/database.ts';
import { listChapters } from './chapter.queries.ts';
import type { EditionRow } from './edition.queries.ts';
import { draftOf } from './get-edition.ts';

/** The media of an edition that lacks nothing, in milliseconds. Refused with the first of `findPublishingFaults`. */
export async function assertPublishable(
  app: Pick<App, 'config'>,
  trx: Transaction<DB>,
  { id, lectureClass }: EditionRow,
): Promise<number> {
  const chapters = (await listChapters(trx, id)).map(draftOf);
  const composed = { lectureClass: lectureClass as OnlineLectureClass, chapters };
  const [fault] = findPublishingFaults(composed, app.config.legalMinutesScale);
  if (fault) throw new Refusal(fault.code, fault.detail);
  return totalMs(chapters);
}
