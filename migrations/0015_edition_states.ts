import { sql, type Kysely } from 'kysely';

/**
 * An edition between draft and publication: ready (frozen, to be looked at) and scheduled; who wrote a question and who has checked it in
 * the preview. The triggers are the last defence of what has left the draft: learners are, or will be, in the middle of it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table edition drop constraint edition_state_check;
    alter table edition drop constraint edition_check;
    alter table edition
      add column scheduled_for timestamptz,
      -- Why it was not published at its time: a publishing fault as { code, detail }. Until its next move.
      add column schedule_fault jsonb,
      add column withdrawal_reason text,
      add constraint edition_state_check
        check (state in ('draft', 'ready', 'scheduled', 'published', 'withdrawn')),
      add constraint edition_scheduled_check check ((state = 'scheduled') = (scheduled_for is not null)),
      add constraint edition_published_check check (case when state in ('published', 'withdrawn')
        then published_at is not null and total_ms is not null
        else published_at is null end),
      add constraint edition_withdrawn_check check ((state = 'withdrawn') = (withdrawn_at is not null));
    -- At most one that is to follow.
    create unique index edition_scheduled on edition (lecture_id) where state = 'scheduled';
    -- Due publications are looked for every minute.
    create index edition_due on edition (scheduled_for) where state = 'scheduled';

    alter table question
      add column written_by uuid references officer,
      -- Counts how often it was written: an answer is given to the words that were seen.
      add column revision integer not null default 1,
      -- Who first answered it right in the preview, having not written it, since it was last written.
      add column checked_by uuid references officer,
      add column checked_at timestamptz,
      add constraint question_checked_check check ((checked_by is null) = (checked_at is null)),
      add constraint question_checked_by_another check (checked_by is null or checked_by is distinct from written_by);

    -- Every answer given in a preview. Of a draft, so the question may have been rewritten since: no reference to it.
    create table preview_answer (
      id bigint generated always as identity primary key,
      edition_id uuid not null references edition,
      edition_version integer not null,
      chapter_id uuid not null,
      question_id uuid not null,
      choice_id uuid not null,
      revision integer not null,
      language text not null,
      officer_id uuid not null references officer,
      is_right boolean not null,
      answered_at timestamptz not null
    );
    create index preview_answer_question on preview_answer (question_id, officer_id);
    create trigger preview_answer_append_only before update or delete or truncate on preview_answer
      for each statement execute function refuse_change();

    -- Who changed what in an edition, its chapters and its questions: audit entries name it as subject or in their detail.
    create index audit_event_edition on audit_event ((detail ->> 'editionId')) where detail ? 'editionId' and actor_kind <> 'learner';

    create function guard_edition() returns trigger language plpgsql as $$
    declare
      moves constant text[] := array['draft ready', 'ready draft', 'ready scheduled', 'scheduled ready',
        'ready published', 'scheduled published', 'published withdrawn'];
      may_change constant text[] := array['state', 'version', 'withdrawn_at', 'withdrawal_reason'];
    begin
      if tg_op = 'DELETE' then
        if old.state <> 'draft' then
          raise exception 'an edition that is % stays', old.state using errcode = 'restrict_violation';
        end if;
        return old;
      end if;
      if new.state <> old.state and (old.state || ' ' || new.state) <> all (moves) then
        raise exception 'an edition does not go from % to %', old.state, new.state using errcode = 'restrict_violation';
      end if;
      if old.state = 'withdrawn' or (old.state = 'published' and to_jsonb(old) - may_change <> to_jsonb(new) - may_change) then
        raise exception 'an edition that is % stays as it is', old.state using errcode = 'restrict_violation';
      end if;
      return new;
    end $$;
    create trigger edition_guard before update or delete on edition
      for each row execute function guard_edition();

    -- What an edition consists of is written, changed and taken away in a draft only. Each table is told how its rows find their edition;
    -- where the row above is gone already, its own guard has looked.
    create function assert_draft(edition uuid) returns void language plpgsql as $$
    begin
      if exists (select from edition e where e.id = edition and e.state <> 'draft') then
        raise exception 'edition % is no draft', edition using errcode = 'restrict_violation';
      end if;
    end $$;
    create function guard_chapter() returns trigger language plpgsql as $$
    begin
      if tg_op <> 'INSERT' then perform assert_draft(old.edition_id); end if;
      if tg_op <> 'DELETE' then perform assert_draft(new.edition_id); end if;
      return coalesce(new, old);
    end $$;
    create function guard_of_chapter() returns trigger language plpgsql as $$
    begin
      if tg_op <> 'INSERT' then perform assert_draft((select c.edition_id from chapter c where c.id = old.chapter_id)); end if;
      if tg_op <> 'DELETE' then perform assert_draft((select c.edition_id from chapter c where c.id = new.chapter_id)); end if;
      return coalesce(new, old);
    end $$;
    create function guard_of_question() returns trigger language plpgsql as $$
    begin
      if tg_op <> 'INSERT' then
        perform assert_draft((select c.edition_id from question q join chapter c on c.id = q.chapter_id where q.id = old.question_id));
      end if;
      if tg_op <> 'DELETE' then
        perform assert_draft((select c.edition_id from question q join chapter c on c.id = q.chapter_id where q.id = new.question_id));
      end if;
      return coalesce(new, old);
    end $$;
    create function guard_of_choice() returns trigger language plpgsql as $$
    begin
      if tg_op <> 'INSERT' then
        perform assert_draft((select c.edition_id from choice o join question q on q.id = o.question_id join chapter c on c.id = q.chapter_id
                               where o.id = old.choice_id));
      end if;
      if tg_op <> 'DELETE' then
        perform assert_draft((select c.edition_id from choice o join question q on q.id = o.question_id join chapter c on c.id = q.chapter_id
                               where o.id = new.choice_id));
      end if;
      return coalesce(new, old);
    end $$;
    create trigger chapter_guard before insert or update or delete on chapter
      for each row execute function guard_chapter();
    create trigger question_guard before insert or update or delete on question
      for each row execute function guard_of_chapter();
    create trigger choice_guard before insert or update or delete on choice
      for each row execute function guard_of_question();
    create trigger chapter_language_guard before insert or update or delete on chapter_language
      for each row execute function guard_of_chapter();
    create trigger question_language_guard before insert or update or delete on question_language
      for each row execute function guard_of_question();
    create trigger choice_language_guard before insert or update or delete on choice_language
      for each row execute function guard_of_choice();
  `.execute(db);
}
