import { COMMISSIONS, OFFICES } from '#lib/domain/people/commissions.ts';
import type { App } from '../app.ts';
import { upsertCommissions, insertFirstOffices } from './register.queries.ts';

/**
 * Brings the 51 commissions and the offices that Koshu knows into the database; may be run again at any time.
 * What a commission has entered itself (telephone, reservations, offices and their names) stays as it is.
 */
export async function seedCommissions(app: App): Promise<void> {
  await app.db.transaction().execute(async (trx) => {
    await upsertCommissions(trx, COMMISSIONS);
    await insertFirstOffices(trx, OFFICES);
  });
}
