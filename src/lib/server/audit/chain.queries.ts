import { sql } from 'kysely';
import type { Database, DB, Transaction } from '../db/database.ts';

type Reader = Database | Transaction<DB>;

/** Seals at most `batchSize` events that are committed; answers how many, 0 too while somebody else is sealing. */
export async function appendSeals(db: Database, batchSize: number): Promise<number> {
  const { rows } = await sql<{ sealed: number }>`select seal_audit(${batchSize}) as sealed`.execute(db);
  return rows[0]!.sealed;
}

export function findHead(db: Reader) {
  return db
    .selectFrom('auditSeal')
    .orderBy('position', 'desc')
    .limit(1)
    .select(['position', 'sha256'])
    .executeTakeFirst();
}

export function findSeal(db: Reader, position: number) {
  return db
    .selectFrom('auditSeal')
    .where('position', '=', position)
    .select(['position', 'sha256'])
    .executeTakeFirst();
}

/** Links of the chain behind `position`, each with its event as text; `id` is null when there is no such event. */
export function listLinks(db: Reader, position: number, limit: number) {
  return db
    .selectFrom('auditSeal as s')
    .leftJoin('auditEvent as e', 'e.id', 's.eventId')
    .where('s.position', '>', position)
    .orderBy('s.position')
    .limit(limit)
    .select(['s.position', 's.eventId', 's.sha256', 'e.at as instant', 'e.actorKind', 'e.what'])
    .select(['e.subjectKind', 'e.subjectId', 'e.requestId'])
    .select([
      sql<string | null>`e.id::text`.as('id'),
      sql<string | null>`extract(epoch from e.at)::text`.as('at'),
      sql<string | null>`e.actor_id::text`.as('actorId'),
      sql<string | null>`e.office_id::text`.as('officeId'),
      sql<string | null>`e.detail::text`.as('detail'),
    ])
    .execute();
}

/** The oldest event that is in no place of the chain, and how many there are. The age is by the database's clock, in seconds. */
export async function findUnsealed(db: Reader) {
  return db
    .selectFrom('auditEvent as e')
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('auditSeal as s').whereRef('s.eventId', '=', 'e.id').select('s.position'))),
    )
    .select(({ fn }) => [
      fn.countAll<number>().as('count'),
      fn.min<number | null>('e.id').as('firstId'),
      sql<number>`coalesce(extract(epoch from clock_timestamp() - min(e.at)), 0)::float8`.as('ageS'),
    ])
    .executeTakeFirstOrThrow();
}

/** The places of the chain whose events happened within [from, to). */
export function findPlaces(db: Reader, from: Date, to: Date) {
  return db
    .selectFrom('auditSeal as s')
    .innerJoin('auditEvent as e', 'e.id', 's.eventId')
    .where('e.at', '>=', from)
    .where('e.at', '<', to)
    .select(({ fn }) => [
      fn.min<number | null>('s.position').as('first'),
      fn.max<number | null>('s.position').as('last'),
    ])
    .executeTakeFirstOrThrow();
}
