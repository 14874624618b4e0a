import { sql, type Kysely } from 'kysely';

/** Referring a record to a supervisor, taking an act back by a counter-entry, and the dated tables of fees. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table completion_record drop constraint completion_record_state_check;
    alter table completion_record add constraint completion_record_state_check
      check (state in ('issued', 'referred', 'checked', 'rejected', 'used', 'voided'));
    create index completion_record_referred on completion_record (id) where state = 'referred';

    alter table counter_act drop constraint counter_act_kind_check;
    alter table counter_act add constraint counter_act_kind_check
      check (kind in ('accepted', 'rejected', 'referred', 'aptitudeTest', 'issued', 'voided', 'corrected'));
    alter table counter_act
      -- The act of the same record that a correction takes back; each at most once.
      add column takes_back bigint unique,
      add constraint counter_act_record_id_id_key unique (record_id, id),
      add foreign key (record_id, takes_back) references counter_act (record_id, id),
      add constraint counter_act_correction_check check ((kind = 'corrected') = (takes_back is not null)),
      add constraint counter_act_correction_reason_check check (kind <> 'corrected' or reason is not null);

    -- Fees as an ordinance sets them from a day on. What is entered stays; the newest entry for a day counts.
    create table fee_table (
      id bigint generated always as identity primary key,
      -- null: the national standard, where a commission has no table of its own.
      commission_code text references commission,
      valid_from date not null,
      -- In yen; null where it is not known.
      online_lecture_yen integer check (online_lecture_yen between 0 and 100000),
      via_yen integer check (via_yen between 0 and 100000),
      entered_by uuid references officer,
      entered_at timestamptz not null default now()
    );
    create index fee_table_commission on fee_table (commission_code, valid_from);
    create trigger fee_table_append_only before update or delete or truncate on fee_table
      for each statement execute function refuse_change();

    -- The renewal fee by what is held before and after.
    create table fee (
      fee_table_id bigint not null references fee_table,
      holding_before text not null check (holding_before in ('cardOnly', 'mynaOnly', 'both')),
      holding_after text not null check (holding_after in ('cardOnly', 'mynaOnly', 'both')),
      yen integer check (yen between 0 and 100000),
      primary key (fee_table_id, holding_before, holding_after)
    );
    create trigger fee_append_only before update or delete or truncate on fee
      for each statement execute function refuse_change();

    -- The national standard as far as it was published: 2,850 and 200 are Kanagawa's price for an online learner who chooses the card
    -- (3,050); 2,850 from card to card is Hiroshima's; 2,100 and 2,950 are what the press reported. Other tables contradict each other.
    with national as (
      insert into fee_table (valid_from, online_lecture_yen) values ('2025-03-24', 200) returning id
    )
    insert into fee (fee_table_id, holding_before, holding_after, yen)
    select national.id, known.before, known.after, known.yen
      from national,
           (values ('cardOnly', 'cardOnly', 2850), ('cardOnly', 'mynaOnly', null), ('cardOnly', 'both', null),
                   ('mynaOnly', 'cardOnly', 2850), ('mynaOnly', 'mynaOnly', 2100), ('mynaOnly', 'both', null),
                   ('both', 'cardOnly', 2850), ('both', 'mynaOnly', null), ('both', 'both', 2950))
             as known (before, after, yen);
  `.execute(db);
}
