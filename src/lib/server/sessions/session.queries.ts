import type { Insertable } from 'kysely';
import type { Database, DB, Transaction } from '../db/database.ts';

type Connection = Database | Transaction<DB>;

/** A session with what decides whether its person may still act. */
export interface SessionRow {
  readonly personKind: string;
  readonly personId: string;
  readonly expiresAt: Date;
  readonly credentialId: string | null;
  readonly credentialReplacedAt: Date | null;
  readonly credentialDriverId: string | null;
  readonly officerRole: string | null;
  readonly officerName: string | null;
  readonly commissionCode: string | null;
  readonly officeId: string | null;
  readonly officerDisabledAt: Date | null;
}

export function findSession(db: Connection, idSha256: string): Promise<SessionRow | undefined> {
  return db
    .selectFrom('session')
    .leftJoin('credential', 'credential.id', 'session.credentialId')
    .leftJoin('officer', (join) =>
      join.onRef('officer.id', '=', 'session.personId').on('session.personKind', '=', 'officer'),
    )
    .select([
      'session.personKind',
      'session.personId',
      'session.expiresAt',
      'session.credentialId',
      'credential.replacedAt as credentialReplacedAt',
      'credential.driverId as credentialDriverId',
      'officer.role as officerRole',
      'officer.name as officerName',
      'officer.commissionCode',
      'officer.officeId',
      'officer.disabledAt as officerDisabledAt',
    ])
    .where('session.idSha256', '=', idSha256)
    .executeTakeFirst();
}

export function listSessions(
  db: Connection,
  personKind: string,
  personId: string,
): Promise<{ idSha256: string; expiresAt: Date }[]> {
  return db
    .selectFrom('session')
    .select(['idSha256', 'expiresAt'])
    .where('personKind', '=', personKind)
    .where('personId', '=', personId)
    .execute();
}

export async function insertSession(db: Connection, session: Insertable<DB['session']>): Promise<void> {
  await db.insertInto('session').values(session).execute();
}

export async function deleteSession(db: Connection, idSha256: string): Promise<void> {
  await db.deleteFrom('session').where('idSha256', '=', idSha256).execute();
}

export async function deleteSessionsOf(db: Connection, personKind: string, personId: string): Promise<void> {
  await db
    .deleteFrom('session')
    .where('personKind', '=', personKind)
    .where('personId', '=', personId)
    .execute();
}

export async function deleteSessionsExpiredBefore(db: Connection, instant: Date): Promise<void> {
  await db.deleteFrom('session').where('expiresAt', '<', instant).execute();
}
