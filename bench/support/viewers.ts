import { sql } from 'kysely';
import type { App } from '#lib/server/app.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { createSession } from '#lib/server/sessions/create-session.ts';
import { hashOfToken } from '#lib/server/sessions/lucia.ts';
import { publishLecture } from '../../tests/support/published-lecture.ts';

export interface LiveViewing {
  readonly id: string;
  readonly attendanceId: string;
  readonly chapterId: string;
  readonly driverId: string;
  readonly sessionToken: string;
}

const HOUR_MS = 3_600_000;

/** `count` people, each signed in and in the middle of a one-hour chapter with a live viewing. */
export async function openViewings(app: App, count: number): Promise<LiveViewing[]> {
  await seedCommissions(app);
  const { editionId, chapters } = await publishLecture(app, [HOUR_MS]);
  const { id: chapterId, videoId } = chapters[0]!;
  await sql`
    with batch as (insert into register_import (file_name, file_sha256, row_count) values ('bench', '\\x00', ${count}) returning id),
    people as (
      insert into driver (licence_number, name, birth_date, address, home_commission_code, lecture_class, class_as_of,
                          holding_type, card_recorded_on, expiry_date, import_id)
      select lpad(n::text, 12, '0'), '見本', '1980-01-01', '見本', 'kanagawa', 'excellent', '2026-01-01', 'both', '2025-04-01',
             '2027-01-01', batch.id
        from batch, generate_series(1, ${count}) n returning id),
    attending as (
      insert into attendance (driver_id, edition_id, lecture_class, period_start, period_end, consented_at, consent_version)
      select id, ${editionId}::uuid, 'excellent', '2026-01-01', '2099-01-01', now(), 'bench' from people returning id, driver_id),
    credit as (
      insert into chapter_attendance (attendance_id, chapter_id, position, video_id, duration_ms)
      select id, ${chapterId}::uuid, 1, ${videoId}::uuid, ${HOUR_MS} from attending returning attendance_id),
    linked as (
      insert into credential (driver_id, kind, anchor_id, serial, spki_sha256)
      select id, 'certificate', 'bench', id::text, sha256(id::text::bytea) from people returning id)
    select count(*) from credit, linked`.execute(app.db);
  const rows = await app.db
    .selectFrom('attendance as a')
    .innerJoin('credential as c', 'c.driverId', 'a.driverId')
    .select(['a.id as attendanceId', 'a.driverId', 'c.id as credentialId'])
    .execute();
  return Promise.all(
    rows.map(async ({ attendanceId, driverId, credentialId }) => {
      const session = {
        personKind: 'learner' as const,
        method: 'challenge' as const,
        personId: driverId,
        credentialId,
        userAgent: 'bench',
      };
      const { token: sessionToken } = await createSession(app, session);
      const now = app.clock.now();
      const { id } = await app.db
        .insertInto('viewing')
        .values({
          attendanceId,
          chapterId,
          driverId,
          sessionIdSha256: hashOfToken(sessionToken),
          openedAt: now,
          lastBeatAt: now,
          runFromMs: 0,
          runToMs: 0,
          runStartedAt: now,
          runEndedAt: now,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return { id, attendanceId, chapterId, driverId, sessionToken };
    }),
  );
}
