import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import type { RevokedRecords } from '#lib/proof/proof.ts';
import type { App } from '../app.ts';
import { listRevokedNumbers } from './counter.queries.ts';

/**
 * The records that a counter without network must refuse although their proof is signed: voided, used and rejected ones, until their
 * period is over and the proof says so itself.
 */
export async function listRevoked(app: App, _officer: CounterOfficer): Promise<RevokedRecords> {
  const now = app.clock.now();
  return { asOf: now.toISOString(), recordNumbers: await listRevokedNumbers(app.db, tokyoDate(now)) };
}
