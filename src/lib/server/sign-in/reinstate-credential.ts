import { appendAudit } from '../audit/append-audit.ts';
import type { DB, Transaction } from '../db/database.ts';
import { markCredentialReinstated } from './revoked-credential.queries.ts';

/**
 * Takes the mark from a credential that was found revoked and has now been proved good again: a card that was on hold (certificateHold)
 * and was released. Call it only with a proof in hand; the next round of end-revoked-sessions looks at it as at any other.
 */
export async function reinstateCredential(trx: Transaction<DB>, id: string): Promise<void> {
  if (!(await markCredentialReinstated(trx, id))) return;
  await appendAudit(trx, 'system', { what: 'credential.reinstated', subject: { kind: 'credential', id } });
}
