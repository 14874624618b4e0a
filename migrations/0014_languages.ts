import { sql, type Kysely } from 'kysely';

/**
 * Chapters, questions and choices in as many languages as an edition declares; several questions to a chapter, of which one is drawn for
 * each attendance; and chapters that one commission makes for all. What was written in two columns becomes a row for each language.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table commission
      -- Its published chapters may be taken over into the lectures of every commission.
      add column is_national boolean not null default false;

    alter table edition
      add column languages text[] not null default '{ja,en}' check ('ja' = any (languages));

    -- Which languages there are stands in lib/domain/lectures/languages.ts: a further one needs no migration.
    create table chapter_language (
      chapter_id uuid not null references chapter on delete cascade,
      language text not null check (language ~ '^[a-z]{2,3}$'),
      title text not null,
      -- null: in Japanese none has been chosen yet; in another language it is the Japanese version's, with captions.
      video_id uuid references video,
      captions_vtt text,
      primary key (chapter_id, language)
    );
    create index chapter_language_video on chapter_language (video_id);
    insert into chapter_language (chapter_id, language, title, video_id, captions_vtt)
      select id, 'ja', title_ja, video_id, captions_vtt from chapter
      union all
      select id, 'en', title_en, null, captions_en_vtt from chapter;

    alter table chapter_attendance
      -- The video of the attendance's language, whose length it has to be watched for.
      add column video_id uuid references video,
      -- The question that was drawn, from before it is shown on.
      add column question_id uuid references question;
    update chapter_attendance ca set video_id = c.video_id from chapter c where c.id = ca.chapter_id;
    update chapter_attendance ca set question_id = a.question_id from answer a
      where a.attendance_id = ca.attendance_id and a.chapter_id = ca.chapter_id;
    alter table chapter_attendance alter column video_id set not null;

    alter table attendance
      add column language text not null default 'ja' check (language ~ '^[a-z]{2,3}$');

    alter table chapter
      drop column title_ja,
      drop column title_en,
      drop column video_id,
      drop column captions_vtt,
      drop column captions_en_vtt,
      -- The national chapter that it was copied from: its content stays as it was there.
      add column origin_chapter_id uuid references chapter;

    create table question_language (
      question_id uuid not null references question on delete cascade,
      language text not null check (language ~ '^[a-z]{2,3}$'),
      text text not null,
      explanation text not null,
      primary key (question_id, language)
    );
    insert into question_language (question_id, language, text, explanation)
      select id, 'ja', text_ja, explanation_ja from question
      union all
      select id, 'en', text_en, explanation_en from question;
    alter table question
      drop column text_ja,
      drop column text_en,
      drop column explanation_ja,
      drop column explanation_en,
      drop constraint question_chapter_id_key,
      add column position integer not null default 1 check (position >= 1);
    alter table question
      alter column position drop default,
      add constraint question_position unique (chapter_id, position) deferrable initially deferred;

    create table choice_language (
      choice_id uuid not null references choice on delete cascade,
      language text not null check (language ~ '^[a-z]{2,3}$'),
      text text not null,
      primary key (choice_id, language)
    );
    insert into choice_language (choice_id, language, text)
      select id, 'ja', text_ja from choice
      union all
      select id, 'en', text_en from choice;
    alter table choice drop column text_ja, drop column text_en;
    -- While a draft is written another choice becomes the right one.
    drop index choice_one_right;
    alter table choice
      add constraint choice_one_right exclude using btree (question_id with =) where (is_right) deferrable initially deferred;
  `.execute(db);
}
