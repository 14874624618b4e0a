import { sql, type Kysely } from 'kysely';

/** Supervisors among the counter officers; offices that a commission opens and closes, and what each does on the same day. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table officer add column is_supervisor boolean not null default false
      check (not is_supervisor or role = 'counterOfficer');

    -- Many police stations hand the card out weeks later: no promise until the commission makes it.
    alter table office
      add column same_day_issue boolean not null default false,
      add column same_day_recording boolean not null default false,
      add column disabled_at timestamptz;
    update office set same_day_issue = true, same_day_recording = true where kind = 'licenceCentre';
  `.execute(db);
}
