import { findPublishingFaults, totalMs } from '#lib/domain/lectures/edition.ts';
import { FIRST_LANGUAGE } from '#lib/domain/lectures/languages.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import type { DB, Transaction } from '../db/database.ts';
import { listChapters } from './chapter.queries.ts';
import type { EditionRow } from './edition.queries.ts';
import { composedOf } from './get-edition.ts';

/** The Japanese media of an edition that lacks nothing, in milliseconds. Refused with the first of `findPublishingFaults`. */
export async function assertPublishable(
  app: Pick<App, 'config'>,
  trx: Transaction<DB>,
  edition: EditionRow,
): Promise<number> {
  const composed = composedOf(edition, await listChapters(trx, edition.id));
  const [fault] = findPublishingFaults(composed, app.config.legalMinutesScale);
  if (fault) throw new Refusal(fault.code, fault.detail);
  return totalMs(composed.chapters, FIRST_LANGUAGE);
}
