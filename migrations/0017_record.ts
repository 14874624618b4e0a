import { sql, type Kysely } from 'kysely';

/**
 * A record carries a proof that can be checked without us, in place of the readable statement with its signature. One that an officer
 * has accepted is `checked`: that it was accepted is the act, not the state. A record can be voided. The register tells of a lapse.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table completion_record drop constraint completion_record_state_check;
    update completion_record set state = 'checked' where state = 'accepted';
    alter table completion_record
      add constraint completion_record_state_check
        check (state in ('issued', 'checked', 'rejected', 'used', 'voided')),
      -- Null only for a record issued before there were proofs, until record:sign has been run.
      add column proof text,
      drop column statement,
      drop column signature;
    -- What a counter without network must refuse although it is signed.
    create index completion_record_revoked on completion_record (period_end, record_number)
      where state in ('voided', 'used', 'rejected');

    alter table counter_act drop constraint counter_act_kind_check;
    alter table counter_act
      add constraint counter_act_kind_check
        check (kind in ('accepted', 'rejected', 'aptitudeTest', 'issued', 'voided'));

    alter table driver
      -- 特定失効者, 特定取消処分者, うっかり失効; null for a licence that is valid.
      add column lapse_kind text check (lapse_kind in ('unavoidable', 'illnessRevocation', 'careless')),
      add column lapsed_on date,
      add constraint driver_lapse_check check ((lapse_kind is null) = (lapsed_on is null));
  `.execute(db);
}
