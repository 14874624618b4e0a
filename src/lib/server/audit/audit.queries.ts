import type { Insertable } from 'kysely';
import type { Database, DB, Transaction } from '../db/database.ts';

export async function insertAuditEvent(
  db: Database | Transaction<DB>,
  event: Insertable<DB['auditEvent']>,
): Promise<void> {
  await db.insertInto('auditEvent').values(event).execute();
}
