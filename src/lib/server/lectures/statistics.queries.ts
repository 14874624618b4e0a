import { sql, type Expression, type RawBuilder } from 'kysely';
import { FIRST_LANGUAGE } from '#lib/domain/lectures/languages.ts';
import { CHAPTER_PARTS, type Standing } from '#lib/domain/lectures/statistics.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import type { CalendarDate } from '#lib/domain/renewal/calendar.ts';
import type { Clock } from '../clock.ts';
import type { DB, Transaction } from '../db/database.ts';

/** Attendances of one edition that began from `since` and before `until`; null is open. */
export interface Cohort {
  readonly editionId: string;
  readonly since: Date | null;
  readonly until: Date | null;
}

const began = ({ editionId, since, until }: Cohort): RawBuilder<boolean> => sql`
  a.edition_id = ${editionId}
  ${since ? sql`and a.started_at >= ${since}` : sql``}
  ${until ? sql`and a.started_at < ${until}` : sql``}`;

const isBounded = ({ since, until }: Cohort): boolean => since !== null || until !== null;

/** All that is read in `trx` is of one moment. */
export async function getCompletions(trx: Transaction<DB>, cohort: Cohort) {
  const { rows } = await sql<{ completed: number; wallMs: [number, number] | null }>`
    select count(*) as completed,
           percentile_cont(array[0.5, 0.9]) within group (
             order by date_part('epoch', a.completed_at - a.started_at) * 1000) as "wallMs"
      from attendance a where ${began(cohort)} and a.completed_at is not null`.execute(trx);
  return rows[0]!;
}

/**
 * Where those stand who have not completed. Their next step as domain/attendance/steps.ts has it; how long ago they were there, from the
 * beginning, heartbeats, answers and photos.
 */
export async function listStandings(trx: Transaction<DB>, clock: Clock, cohort: Cohort): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select s.chapter_id as "chapterId", s.at, s.part,
           case when t.at > ${clock.databaseNow} - make_interval(secs => ${LIMITS.underWayMs / 1_000}) then 'underWay'
                when t.at > ${clock.databaseNow} - make_interval(secs => ${LIMITS.givenUpMs / 1_000}) then 'resting'
                else 'givenUp' end as activity,
           count(*) as people
      from attendance a
     cross join lateral (
       select greatest(a.started_at,
                (select max(v.last_beat_at) from viewing v where v.attendance_id = a.id),
                (select max(greatest(c.answered_at, c.photo_accepted_at)) from chapter_attendance c
                  where c.attendance_id = a.id)) as at) t
      left join lateral (
       select c.chapter_id,
              case when c.credited_ms = c.duration_ms and c.answered_at is null then 'question'
                   when c.credited_ms = c.duration_ms then 'photo'
                   when c.credited_ms >= c.gate_ms then 'presence'
                   else 'watching' end as at,
              case when c.credited_ms < coalesce(c.gate_ms, c.duration_ms)
                   then (c.credited_ms::bigint * ${CHAPTER_PARTS} / c.duration_ms)::integer end as part
         from chapter_attendance c
        where c.attendance_id = a.id
          and (c.credited_ms < c.duration_ms or c.answered_at is null or c.photo_accepted_at is null)
        order by c.position limit 1) n on true
     cross join lateral (select n.chapter_id, coalesce(n.at, 'survey') as at, n.part) s
     where ${began(cohort)} and a.completed_at is null
     group by 1, 2, 3, 4`.execute(trx);
  return rows;
}

/** How often each choice of the edition's questions was taken; choices that nobody took are missing. */
export async function listTakenChoices(trx: Transaction<DB>, cohort: Cohort) {
  // Few of many attendances have their answers looked up; all of them, the answers of their questions counted in an index.
  const narrowed = isBounded(cohort)
    ? sql`join attendance a on a.id = n.attendance_id where ${began(cohort)}`
    : sql`where n.question_id in (
            select q.id from question q join chapter c on c.id = q.chapter_id where c.edition_id = ${cohort.editionId})`;
  const { rows } = await sql<{ choiceId: string; people: number }>`
    select n.choice_id as "choiceId", count(*) as people from answer n ${narrowed} group by 1`.execute(trx);
  return rows;
}

/** What was played and not counted, or refused, by its reason; milliseconds where it says how many. */
export async function listUncountedReasons(trx: Transaction<DB>, cohort: Cohort) {
  // Without bounds their chapter says already that they belong to the edition.
  const narrowed = isBounded(cohort)
    ? sql`join attendance a on a.id = e.attendance_id and ${began(cohort)}`
    : sql``;
  const isOfEdition = sql`chapter_id in (select c.id from chapter c where c.edition_id = ${cohort.editionId})`;
  const { rows } = await sql<{ reason: string; times: number; people: number; ms: number }>`
    select e.reason, sum(e.times) as times, count(distinct e.attendance_id) as people, sum(e.ms)::float8 as ms
      from (select attendance_id, reason, reports as times, ms from uncounted_time where ${isOfEdition}
            union all
            select attendance_id, 'presenceMissed', 1, (detail->>'ms')::float8 from lease_event
             where kind = 'presence' and reason = 'missed' and ${isOfEdition}) e ${narrowed}
     group by 1 order by 1`.execute(trx);
  return rows;
}

/** How many began and how many completed on each day in Japan, whenever they began; days on which nothing happened are missing. */
export async function listDays(
  trx: Transaction<DB>,
  editionId: string,
  { since, until }: { since: Date; until: Date },
) {
  const { rows } = await sql<{ day: CalendarDate; started: number; completed: number }>`
    select (d.at at time zone 'Asia/Tokyo')::date as day,
           count(*) filter (where d.is_start) as started, count(*) filter (where not d.is_start) as completed
      from (select a.started_at as at, true as is_start from attendance a
             where a.edition_id = ${editionId} and a.started_at >= ${since} and a.started_at < ${until}
            union all
            select a.completed_at, false from attendance a
             where a.edition_id = ${editionId} and a.completed_at >= ${since} and a.completed_at < ${until}) d
     group by 1 order by 1`.execute(trx);
  return rows;
}

/** The chapters of an edition in order, with the length of their Japanese video. */
export async function listChapterNames(trx: Transaction<DB>, editionId: string) {
  return trx
    .selectFrom('chapter as c')
    .leftJoin('chapterLanguage as ja', (join) =>
      join.onRef('ja.chapterId', '=', 'c.id').on('ja.language', '=', FIRST_LANGUAGE),
    )
    .leftJoin('chapterLanguage as en', (join) =>
      join.onRef('en.chapterId', '=', 'c.id').on('en.language', '=', 'en'),
    )
    .leftJoin('video as v', 'v.id', 'ja.videoId')
    .where('c.editionId', '=', editionId)
    .orderBy('c.position')
    .select(['c.id', 'c.position', 'v.durationMs'])
    .select((eb) => [orEmpty(eb.ref('ja.title')).as('titleJa'), orEmpty(eb.ref('en.title')).as('titleEn')])
    .execute();
}

/** The questions of an edition in the order of its chapters and their banks, one row a choice. */
export async function listChoices(trx: Transaction<DB>, editionId: string) {
  return trx
    .selectFrom('chapter as c')
    .innerJoin('question as q', 'q.chapterId', 'c.id')
    .innerJoin('choice as o', 'o.questionId', 'q.id')
    .leftJoin('questionLanguage as qja', (join) =>
      join.onRef('qja.questionId', '=', 'q.id').on('qja.language', '=', FIRST_LANGUAGE),
    )
    .leftJoin('questionLanguage as qen', (join) =>
      join.onRef('qen.questionId', '=', 'q.id').on('qen.language', '=', 'en'),
    )
    .leftJoin('choiceLanguage as oja', (join) =>
      join.onRef('oja.choiceId', '=', 'o.id').on('oja.language', '=', FIRST_LANGUAGE),
    )
    .leftJoin('choiceLanguage as oen', (join) =>
      join.onRef('oen.choiceId', '=', 'o.id').on('oen.language', '=', 'en'),
    )
    .where('c.editionId', '=', editionId)
    .orderBy('c.position')
    .orderBy('q.position')
    .orderBy('o.position')
    .select(['q.id as questionId', 'c.position as chapterPosition', 'o.id as choiceId', 'o.isRight'])
    .select((eb) => [
      orEmpty(eb.ref('qja.text')).as('textJa'),
      orEmpty(eb.ref('qen.text')).as('textEn'),
      orEmpty(eb.ref('oja.text')).as('choiceJa'),
      orEmpty(eb.ref('oen.text')).as('choiceEn'),
    ])
    .execute();
}

/** Of what is not written in a language: nothing. */
const orEmpty = (text: Expression<string | null>) => sql<string>`coalesce(${text}, '')`;
