import { sql } from 'kysely';
import type { Database } from '../db/database.ts';

export interface TrailFilter {
  readonly commissionCode: string;
  readonly from?: Date;
  readonly to?: Date;
  readonly officerId?: string;
  readonly what?: string;
  /** What was done to one of these. */
  readonly subjects?: readonly { readonly kind: string; readonly id: string }[];
  /** Only what lies before this event. */
  readonly beforeId?: number;
}

/** What the officers of a commission did, newest first. Words about a person are no part of the chain, so that they can be deleted. */
export function listTrail(db: Database, filter: TrailFilter, limit: number) {
  const { from, to, officerId, what, subjects, beforeId } = filter;
  return db
    .selectFrom('auditEvent as a')
    .innerJoin('officer as o', 'o.id', 'a.actorId')
    .leftJoin('office', 'office.id', 'a.officeId')
    .leftJoin('lookReason as why', (join) =>
      join.on('why.id', '=', sql<string>`(a.detail ->> 'reasonId')::uuid`),
    )
    .where('a.actorKind', '=', 'officer')
    .where('o.commissionCode', '=', filter.commissionCode)
    .$if(from !== undefined, (query) => query.where('a.at', '>=', from!))
    .$if(to !== undefined, (query) => query.where('a.at', '<', to!))
    .$if(officerId !== undefined, (query) => query.where('a.actorId', '=', officerId!))
    .$if(what !== undefined, (query) => query.where('a.what', '=', what!))
    .$if(subjects !== undefined, (query) =>
      query.where((eb) =>
        eb.or(
          subjects!.map(({ kind, id }) =>
            eb.and([eb('a.subjectKind', '=', kind), eb('a.subjectId', '=', id)]),
          ),
        ),
      ),
    )
    .$if(beforeId !== undefined, (query) =>
      query.where(({ eb, refTuple, selectFrom }) =>
        eb(
          refTuple('a.at', 'a.id'),
          '<',
          selectFrom('auditEvent as b')
            .where('b.id', '=', beforeId!)
            .select(['b.at', 'b.id'])
            .$asTuple('at', 'id'),
        ),
      ),
    )
    .orderBy('a.at', 'desc')
    .orderBy('a.id', 'desc')
    .limit(limit)
    .select(['a.id', 'a.at', 'a.what', 'a.subjectKind', 'a.subjectId', 'a.detail', 'why.words'])
    .select(['o.name as officerName', 'office.nameJa as officeNameJa', 'office.nameEn as officeNameEn'])
    .execute();
}

export function findRecordByNumber(db: Database, recordNumber: string) {
  return db
    .selectFrom('completionRecord')
    .where('recordNumber', '=', recordNumber)
    .select(['id', 'driverId'])
    .executeTakeFirst();
}

export async function listRecordNumbers(db: Database, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return db
    .selectFrom('completionRecord')
    .where('id', 'in', [...ids])
    .select(['id', 'recordNumber'])
    .execute();
}

/** The officers of a commission, those who have left too. */
export function listNames(db: Database, commissionCode: string) {
  return db
    .selectFrom('officer')
    .where('commissionCode', '=', commissionCode)
    .orderBy('name')
    .orderBy('id')
    .select(['id', 'name'])
    .execute();
}
