import { sql, type RawBuilder } from 'kysely';
import type { Database } from '../db/database.ts';

const attendances = (driverId: string) => sql`(select id from attendance where driver_id = ${driverId})`;
const records = (driverId: string) => sql`(select id from completion_record where driver_id = ${driverId})`;

const ofAttendances =
  (table: string, without: readonly string[] = []) =>
  (driverId: string) =>
    sql`select to_jsonb(t) - ${without}::text[] as row from ${sql.table(table)} t
       where t.attendance_id in ${attendances(driverId)}`;

/**
 * Where anything about a person stands, by the name of the table, all columns of it: what is added to a table is exported without a
 * word here. Left out are hashes that open or name a browser and the ids of other people.
 */
export const PERSON_TABLES: Readonly<Record<string, (driverId: string) => RawBuilder<unknown>>> = {
  driver: (id) => sql`select to_jsonb(t) as row from driver t where t.id = ${id}`,
  credential: (id) => sql`select to_jsonb(t) as row from credential t where t.driver_id = ${id}`,
  session: (id) =>
    sql`select to_jsonb(t) - 'id_sha256' as row from session t where t.person_kind = 'learner' and t.person_id = ${id}`,
  first_link: (id) =>
    sql`select to_jsonb(t) - '{browser_sha256,nonce,candidate_ids}'::text[] as row from first_link t
         where t.driver_id = ${id} or ${id}::uuid = any (t.candidate_ids)`,
  attendance: (id) => sql`select to_jsonb(t) as row from attendance t where t.driver_id = ${id}`,
  chapter_attendance: (id) =>
    sql`select to_jsonb(t) || jsonb_build_object('chapter_title', l.title) as row from chapter_attendance t
          left join chapter_language l on l.chapter_id = t.chapter_id and l.language = 'ja'
         where t.attendance_id in ${attendances(id)}`,
  answer: (id) =>
    sql`select to_jsonb(t) || jsonb_build_object('question_text', q.text, 'choice_text', c.text) as row from answer t
          left join question_language q on q.question_id = t.question_id and q.language = 'ja'
          left join choice_language c on c.choice_id = t.choice_id and c.language = 'ja'
         where t.attendance_id in ${attendances(id)}`,
  lecture_sign_in: ofAttendances('lecture_sign_in', ['session_id_sha256']),
  viewing: (id) =>
    sql`select to_jsonb(t) - 'session_id_sha256' as row from viewing t where t.driver_id = ${id}`,
  watched_interval: ofAttendances('watched_interval'),
  lease_event: ofAttendances('lease_event'),
  uncounted_time: ofAttendances('uncounted_time'),
  presence_check: ofAttendances('presence_check'),
  face_photo: ofAttendances('face_photo'),
  completion_record: (id) =>
    sql`select to_jsonb(t) as row from completion_record t where t.driver_id = ${id}`,
  counter_act: (id) => sql`select to_jsonb(t) as row from counter_act t where t.record_id in ${records(id)}`,
  offline_decision: (id) =>
    sql`select to_jsonb(t) as row from offline_decision t where t.record_id in ${records(id)}`,
  offline_conflict: (id) =>
    sql`select to_jsonb(t) as row from offline_conflict t
          join offline_decision d on d.id = t.decision_id where d.record_id in ${records(id)}`,
  exchange_event: (id) =>
    sql`select to_jsonb(t) as row from exchange_event t where t.record_id in ${records(id)}`,
  look_reason: (id) =>
    sql`select to_jsonb(t) - 'session_id_sha256' as row from look_reason t where t.driver_id = ${id}`,
  audit_event: (id) =>
    sql`select to_jsonb(t) as row from audit_event t
         where (t.actor_kind = 'learner' and t.actor_id = ${id})
            or (t.subject_kind, t.subject_id) in (
              select 'driver', ${id}
              union all select 'attendance', a.id::text from attendance a where a.driver_id = ${id}
              union all select 'record', r.id::text from completion_record r where r.driver_id = ${id}
              union all select 'facePhoto', p.id::text from face_photo p where p.attendance_id in ${attendances(id)})
         order by t.id`,
};

/** The rows of one of these tables, columns as the database names them. */
export async function listRowsOfPerson(db: Database, table: string, driverId: string): Promise<unknown[]> {
  const select = PERSON_TABLES[table];
  if (!select) throw new Error(`${table} holds nothing of a person`);
  const { rows } = await sql<{ row: unknown }>`${select(driverId)}`.execute(db);
  return rows.map(({ row }) => row);
}

export function listPicturesOfPerson(db: Database, driverId: string) {
  return db
    .selectFrom('facePhoto as photo')
    .innerJoin('attendance as a', 'a.id', 'photo.attendanceId')
    .innerJoin('chapterAttendance as ca', (join) =>
      join.onRef('ca.attendanceId', '=', 'photo.attendanceId').onRef('ca.chapterId', '=', 'photo.chapterId'),
    )
    .where('a.driverId', '=', driverId)
    .where('photo.deletedAt', 'is', null)
    .orderBy('photo.takenAt')
    .select(['photo.id', 'photo.storageKey', 'photo.sha256', 'a.periodStart', 'ca.position'])
    .execute();
}
