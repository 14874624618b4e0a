import { sql, type Kysely } from 'kysely';

/**
 * What the figures of an edition are read from. None of these is touched by a heartbeat that is credited: the ledger's index holds only
 * what was refused or missed, and `attendance` changes when it begins and when it is completed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index attendance_edition on attendance (edition_id, started_at) include (completed_at, id);
    create index answer_question on answer (question_id, choice_id) include (attendance_id);
    create index lease_event_uncounted on lease_event (chapter_id, reason) include (attendance_id)
      where kind = 'refused' or (kind = 'presence' and reason = 'missed');
  `.execute(db);
}
