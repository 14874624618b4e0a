import { sql, type Kysely } from 'kysely';

/** Videos from upload to packaged segments; lectures, their editions, chapters and check questions. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table video (
      id uuid primary key default gen_random_uuid(),
      title text not null,
      state text not null check (state in ('waiting', 'inspecting', 'transcoding', 'packaging', 'ready', 'refused', 'failed')),
      refusal_code text,
      file_name text not null,
      source_key text not null unique,
      source_bytes bigint not null check (source_bytes >= 0),
      progress_percent integer not null default 0 check (progress_percent between 0 and 100),
      uploaded_by uuid references officer,
      created_at timestamptz not null default now(),
      ready_at timestamptz,
      duration_ms integer check (duration_ms > 0),
      segment_starts_ms integer[],
      media_prefix text,
      wrapped_secret bytea,
      wrapping_key_id text,
      check (state <> 'ready' or (duration_ms is not null and segment_starts_ms is not null and media_prefix is not null
             and wrapped_secret is not null and wrapping_key_id is not null and ready_at is not null)),
      check (state <> 'refused' or refusal_code is not null)
    );

    create table lecture (
      id uuid primary key default gen_random_uuid(),
      commission_code text not null references commission,
      lecture_class text not null check (lecture_class in ('excellent', 'general')),
      title_ja text not null,
      title_en text not null,
      created_at timestamptz not null default now()
    );

    create table edition (
      id uuid primary key default gen_random_uuid(),
      lecture_id uuid not null references lecture,
      number integer not null check (number >= 1),
      state text not null default 'draft' check (state in ('draft', 'published', 'withdrawn')),
      created_by uuid references officer,
      created_at timestamptz not null default now(),
      published_at timestamptz,
      withdrawn_at timestamptz,
      total_ms integer,
      -- Counts the changes of a draft: who saves on top of somebody else's change is refused.
      version integer not null default 1,
      unique (lecture_id, number),
      check (state = 'draft' or (published_at is not null and total_ms is not null))
    );
    -- At most one published edition of a lecture: new attendances begin on it.
    create unique index edition_published on edition (lecture_id) where state = 'published';

    create table chapter (
      id uuid primary key default gen_random_uuid(),
      edition_id uuid not null references edition on delete cascade,
      position integer not null check (position >= 1),
      title_ja text not null,
      title_en text not null,
      video_id uuid references video,
      captions_vtt text,
      captions_en_vtt text,
      unique (edition_id, position) deferrable initially deferred
    );

    create table question (
      id uuid primary key default gen_random_uuid(),
      chapter_id uuid not null unique references chapter on delete cascade,
      text_ja text not null,
      text_en text not null,
      explanation_ja text not null,
      explanation_en text not null
    );

    create table choice (
      id uuid primary key default gen_random_uuid(),
      question_id uuid not null references question on delete cascade,
      position integer not null check (position >= 1),
      text_ja text not null,
      text_en text not null,
      is_right boolean not null,
      unique (question_id, position) deferrable initially deferred
    );
    create unique index choice_one_right on choice (question_id) where is_right;
  `.execute(db);
}
