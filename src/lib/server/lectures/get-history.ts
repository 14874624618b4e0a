import type { Administrator } from '#lib/domain/people/actor.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import type { App } from '../app.ts';
import { listEditionEvents, type EditionEvent } from '../audit/list-edition-events.ts';
import { findEdition } from './edition.queries.ts';
import { assertOwn } from './lock-draft.ts';

/** Who changed what in an edition of the administrator's commission, newest first. Refused: `not_found`, `not_allowed`. */
export async function getHistory(
  app: App,
  administrator: Administrator,
  editionId: string,
): Promise<EditionEvent[]> {
  assertOwn(await findEdition(app.db, editionId), administrator);
  return listEditionEvents(app.db, editionId, LIMITS.historyMaxEntries);
}
