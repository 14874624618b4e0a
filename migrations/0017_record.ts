import { sql, type Kysely } from 'kysely';

/** A record that an officer has accepted is `checked`: that it was accepted is the act, not the state. A record can be voided. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table completion_record drop constraint completion_record_state_check;
    update completion_record set state = 'checked' where state = 'accepted';
    alter table completion_record
      add constraint completion_record_state_check
        check (state in ('issued', 'checked', 'rejected', 'used', 'voided'));

    alter table counter_act drop constraint counter_act_kind_check;
    alter table counter_act
      add constraint counter_act_kind_check
        check (kind in ('accepted', 'rejected', 'aptitudeTest', 'issued', 'voided'));
  `.execute(db);
}
