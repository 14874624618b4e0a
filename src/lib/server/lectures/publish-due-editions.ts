import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { DB, Transaction } from '../db/database.ts';
import { listDueEditions, lockEdition, markState, type EditionRow } from './edition.queries.ts';
import { openToLearners } from './publish-edition.ts';

const isDue = ({ state, scheduledFor }: EditionRow, now: Date) =>
  state === 'scheduled' && scheduledFor !== null && scheduledFor <= now;

/** An edition that may not be published at its time waits for its administrators, who find the reason on its page. */
async function putBack(trx: Transaction<DB>, { id, number }: EditionRow, { code, detail }: Refusal) {
  await markState(trx, id, { state: 'ready', scheduleFault: JSON.stringify({ code, detail }) });
  const subject = { kind: 'edition', id };
  await appendAudit(trx, 'system', { what: 'edition.missed', subject, detail: { number, code } });
}

async function publishDue(app: App, editionId: string): Promise<void> {
  await app.db.transaction().execute(async (trx) => {
    const edition = await lockEdition(trx, editionId);
    // Another worker was faster, or an administrator has thought better of it.
    if (!edition || !isDue(edition, app.clock.now())) return;
    try {
      await openToLearners(app, trx, 'system', edition);
    } catch (thrown) {
      // A rule that refuses does so before anything is written.
      if (!(thrown instanceof Refusal)) throw thrown;
      app.log.warn({ editionId, code: thrown.code }, 'an edition could not be published at its time');
      await putBack(trx, edition, thrown);
    }
  });
}

/**
 * Publishes every edition whose appointed time has come, each once and in a transaction of its own: asked every minute, by any number of
 * workers, and after a standstill for all that was missed. Where the rule of publishing refuses, the edition is ready again with the reason.
 */
export async function publishDueEditions(app: App): Promise<void> {
  for (const editionId of await listDueEditions(app.db, app.clock.now())) {
    try {
      await publishDue(app, editionId);
    } catch (fault) {
      // The next one must not wait for this one; it is tried again in a minute.
      app.log.error({ err: fault, editionId }, 'a scheduled publication failed');
    }
  }
}
