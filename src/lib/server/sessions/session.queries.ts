import type { ExpressionBuilder, Insertable } from 'kysely';
import type { PersonKind } from '#lib/domain/people/session-limits.ts';
import type { Database, DB, Transaction } from '../db/database.ts';
import type { SessionMethod } from './session-method.ts';

type Connection = Database | Transaction<DB>;

/** What a session's end depends on (domain/people/session-limits.ts). */
interface SessionTimes {
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  /** The last heartbeat of any viewing that was opened in this session. */
  readonly lastBeatAt: Date | null;
}

/** A session with what decides whether its person may still act. */
export interface SessionRow extends SessionTimes {
  readonly personKind: PersonKind;
  readonly personId: string;
  readonly method: SessionMethod;
  readonly credentialId: string | null;
  readonly credentialReplacedAt: Date | null;
  readonly credentialRevokedAt: Date | null;
  readonly credentialDriverId: string | null;
  readonly officerRole: string | null;
  readonly officerName: string | null;
  readonly commissionCode: string | null;
  readonly officeId: string | null;
  readonly officerIsSupervisor: boolean | null;
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
      'session.method',
      'session.createdAt',
      'session.lastSeenAt',
      'session.credentialId',
      'credential.replacedAt as credentialReplacedAt',
      'credential.revokedAt as credentialRevokedAt',
      'credential.driverId as credentialDriverId',
      'officer.role as officerRole',
      'officer.name as officerName',
      'officer.commissionCode',
      'officer.officeId',
      'officer.isSupervisor as officerIsSupervisor',
      'officer.disabledAt as officerDisabledAt',
    ])
    .select(lastBeatAt)
    .where('session.idSha256', '=', idSha256)
    .$narrowType<{ personKind: PersonKind; method: SessionMethod }>()
    .executeTakeFirst();
}

/** Of a session in `session`: a viewing belongs to the session that opened it. */
const lastBeatAt = (eb: ExpressionBuilder<DB, 'session'>) =>
  eb
    .selectFrom('viewing')
    .whereRef('viewing.sessionIdSha256', '=', 'session.idSha256')
    .select(({ fn }) => fn.max('viewing.lastBeatAt').as('lastBeatAt'))
    .as('lastBeatAt');

export interface ListedSession extends SessionTimes {
  readonly idSha256: string;
  readonly method: SessionMethod;
  readonly userAgent: string;
}

/** All sessions that are kept of a person, those that are over too; the one that was used last comes first. */
export function listSessions(
  db: Connection,
  personKind: PersonKind,
  personId: string,
): Promise<ListedSession[]> {
  return db
    .selectFrom('session')
    .select(['idSha256', 'method', 'userAgent', 'createdAt', 'lastSeenAt'])
    .select(lastBeatAt)
    .where('personKind', '=', personKind)
    .where('personId', '=', personId)
    .orderBy('lastSeenAt', 'desc')
    .orderBy('idSha256')
    .$narrowType<{ method: SessionMethod }>()
    .execute();
}

export async function markSessionSeen(db: Connection, idSha256: string, lastSeenAt: Date): Promise<void> {
  await db
    .updateTable('session')
    .set({ lastSeenAt })
    .where('idSha256', '=', idSha256)
    .where('lastSeenAt', '<', lastSeenAt)
    .execute();
}

export async function insertSession(db: Connection, session: Insertable<DB['session']>): Promise<void> {
  await db.insertInto('session').values(session).execute();
}

export async function deleteSession(db: Connection, idSha256: string): Promise<void> {
  await db.deleteFrom('session').where('idSha256', '=', idSha256).execute();
}

export async function deleteSessionsOf(
  db: Connection,
  personKind: PersonKind,
  personId: string,
): Promise<void> {
  await db
    .deleteFrom('session')
    .where('personKind', '=', personKind)
    .where('personId', '=', personId)
    .execute();
}

/** Deletes of this person's sessions `only` the one, or all `except` one; returns what was deleted. */
export function deleteOwnSessions(
  db: Connection,
  { personKind, personId }: { personKind: PersonKind; personId: string },
  which: { readonly only: string } | { readonly except: string },
): Promise<{ idSha256: string; method: SessionMethod }[]> {
  return db
    .deleteFrom('session')
    .where('personKind', '=', personKind)
    .where('personId', '=', personId)
    .where((eb) => ('only' in which ? eb('idSha256', '=', which.only) : eb('idSha256', '<>', which.except)))
    .returning(['idSha256', 'method'])
    .$narrowType<{ method: SessionMethod }>()
    .execute();
}

export async function deleteSessionsOfCredential(db: Connection, credentialId: string): Promise<void> {
  await db.deleteFrom('session').where('credentialId', '=', credentialId).execute();
}

export async function deleteSessionsExpiredBefore(db: Connection, instant: Date): Promise<void> {
  await db.deleteFrom('session').where('expiresAt', '<', instant).execute();
}
