import { sql } from 'kysely';
import type { Database } from '../db/database.ts';

/** From the first instant of a day in Japan to the last of another, at these offices. */
export interface Span {
  readonly officeIds: readonly string[];
  readonly from: Date;
  readonly before: Date;
}

/** One office and day, or both null: all of them. */
interface Cell {
  readonly officeId: string | null;
  readonly day: string | null;
}

export interface Looks extends Cell {
  readonly lookedUp: number;
  readonly opened: number;
}

export interface Decisions extends Cell {
  readonly accepted: number;
  readonly photoMismatch: number;
  readonly classChanged: number;
  readonly otherRejected: number;
  readonly referred: number;
  /** Seconds from the first time on that day that this office opened the record; null where nobody had. */
  readonly medianSeconds: number | null;
}

const ARRAY = (ids: readonly string[]) => sql`${ids}::uuid[]`;

export function listOffices(db: Database, where: { commissionCode: string } | { officeId: string }) {
  return db
    .selectFrom('office')
    .$if('officeId' in where, (query) => query.where('id', '=', 'officeId' in where ? where.officeId : ''))
    .$if('commissionCode' in where, (query) =>
      query.where('commissionCode', '=', 'commissionCode' in where ? where.commissionCode : ''),
    )
    .orderBy('kind')
    .orderBy('nameJa')
    .select(['id', 'nameJa', 'nameEn'])
    .execute();
}

/** From the audit trail, by the index `audit_event_counter`. */
export async function countLooks(db: Database, { officeIds, from, before }: Span): Promise<Looks[]> {
  const { rows } = await sql<Looks>`
    select office_id, day::text as day,
           count(*) filter (where what <> 'record.checked')::int as looked_up,
           count(distinct subject_id) filter (where what = 'record.checked')::int as opened
      from (select office_id, (at at time zone 'Asia/Tokyo')::date as day, what, subject_id
              from audit_event
             where what in ('record.lookedUp', 'driver.lookedUp', 'record.checked')
               and office_id = any (${ARRAY(officeIds)}) and at >= ${from} and at < ${before}) as looks
     group by grouping sets ((office_id, day), ())
    having count(*) > 0`.execute(db);
  return rows;
}

/** From the acts that nobody took back, by the index `counter_act_office`; when each record was first opened that day, by that of the trail's subjects. */
export async function countDecisions(db: Database, { officeIds, from, before }: Span): Promise<Decisions[]> {
  const { rows } = await sql<Decisions>`
    select office_id, day::text as day,
           count(*) filter (where kind = 'accepted')::int as accepted,
           count(*) filter (where kind = 'rejected' and reason = 'photoMismatch')::int as photo_mismatch,
           count(*) filter (where kind = 'rejected' and reason = 'classChanged')::int as class_changed,
           count(*) filter (where kind = 'rejected'
             and coalesce(reason, '') not in ('photoMismatch', 'classChanged'))::int as other_rejected,
           count(*) filter (where kind = 'referred')::int as referred,
           percentile_cont(0.5) within group (order by seconds) as median_seconds
      from (select act.office_id, (act.at at time zone 'Asia/Tokyo')::date as day, act.kind, act.reason,
                   extract(epoch from act.at - opened.at)::double precision as seconds
              from counter_act act
              left join lateral (
                select min(event.at) as at from audit_event event
                 where event.subject_kind = 'record' and event.subject_id = act.record_id::text
                   and event.what = 'record.checked' and event.office_id = act.office_id and event.at <= act.at
                   and event.at >= date_trunc('day', act.at, 'Asia/Tokyo')) opened on true
             where act.kind in ('accepted', 'rejected', 'referred')
               and not exists (select from counter_act correction where correction.takes_back = act.id)
               and act.office_id = any (${ARRAY(officeIds)}) and act.at >= ${from} and act.at < ${before}) as decisions
     group by grouping sets ((office_id, day), ())
    having count(*) > 0`.execute(db);
  return rows;
}
