import { sql, type Insertable } from 'kysely';
import type { InLanguages, LanguageCode } from '#lib/domain/lectures/languages.ts';
import type { Database, DB, Transaction } from '../db/database.ts';
import { listQuestions } from './question.queries.ts';

type Queryable = Database | Transaction<DB>;

/** The chapters of an edition in order, each with its versions by language and its questions. */
export async function listChapters(db: Queryable, editionId: string) {
  const chapters = await db
    .selectFrom('chapter')
    .where('editionId', '=', editionId)
    .orderBy('position')
    .select(['id', 'position', 'originChapterId'])
    .execute();
  const versions = await listVersions(db, editionId);
  const questions = Map.groupBy(await listQuestions(db, editionId), ({ chapterId }) => chapterId);
  return chapters.map((chapter) => ({
    ...chapter,
    versions: versionsOf(versions, chapter.id),
    questions: (questions.get(chapter.id) ?? []).map(({ chapterId: _, ...question }) => question),
  }));
}

export type ChapterRow = Awaited<ReturnType<typeof listChapters>>[number];

async function listVersions(db: Queryable, editionId: string) {
  return db
    .selectFrom('chapterLanguage as cl')
    .innerJoin('chapter as c', 'c.id', 'cl.chapterId')
    .leftJoin('video as v', 'v.id', 'cl.videoId')
    .where('c.editionId', '=', editionId)
    .select(['cl.chapterId', 'cl.language', 'cl.title', 'cl.videoId', 'cl.captionsVtt as captions'])
    .select('cl.descriptionsVtt as descriptions')
    .select(['v.title as videoTitle', 'v.state as videoState', 'v.durationMs'])
    .$narrowType<{ language: LanguageCode }>()
    .execute();
}

type VersionRow = Awaited<ReturnType<typeof listVersions>>[number];
export type Version = Omit<VersionRow, 'chapterId' | 'language'>;

function versionsOf(rows: readonly VersionRow[], chapterId: string): InLanguages<Version> {
  const own = rows.filter((row) => row.chapterId === chapterId);
  return Object.fromEntries(own.map(({ chapterId: _, language, ...version }) => [language, version]));
}

export async function insertChapter(
  trx: Transaction<DB>,
  chapter: Insertable<DB['chapter']>,
): Promise<string> {
  const { id } = await trx.insertInto('chapter').values(chapter).returning('id').executeTakeFirstOrThrow();
  return id;
}

/** Writes a chapter's version in one language, whether there was one or not. */
export async function upsertVersion(
  trx: Transaction<DB>,
  { chapterId, language, ...content }: Insertable<DB['chapterLanguage']>,
): Promise<void> {
  await trx
    .insertInto('chapterLanguage')
    .values({ chapterId, language, ...content })
    .onConflict((conflict) => conflict.columns(['chapterId', 'language']).doUpdateSet(content))
    .execute();
}

/** Gives a chapter without any version yet all versions of another one. */
export async function insertCopiedVersions(
  trx: Transaction<DB>,
  fromChapterId: string,
  chapterId: string,
): Promise<void> {
  await trx
    .insertInto('chapterLanguage')
    .columns(['chapterId', 'language', 'title', 'videoId', 'captionsVtt', 'descriptionsVtt'])
    .expression((eb) =>
      eb
        .selectFrom('chapterLanguage')
        .where('chapterId', '=', fromChapterId)
        .select([
          eb.val(chapterId).$castTo<string>().as('chapterId'),
          'language',
          'title',
          'videoId',
          'captionsVtt',
          'descriptionsVtt',
        ]),
    )
    .execute();
}

export async function markDescriptions(
  trx: Transaction<DB>,
  chapterId: string,
  language: LanguageCode,
  descriptionsVtt: string | null,
): Promise<void> {
  await trx
    .updateTable('chapterLanguage')
    .set({ descriptionsVtt })
    .where('chapterId', '=', chapterId)
    .where('language', '=', language)
    .execute();
}

export async function deleteChapter(trx: Transaction<DB>, chapterId: string): Promise<void> {
  await trx.deleteFrom('chapter').where('id', '=', chapterId).execute();
}

/** Puts all chapters of an edition into the order of their ids in the list. */
export async function reorderChapters(
  trx: Transaction<DB>,
  editionId: string,
  chapterIds: readonly string[],
) {
  await trx
    .updateTable('chapter')
    .set({ position: sql<number>`array_position(${[...chapterIds]}::uuid[], id)` })
    .where('editionId', '=', editionId)
    .execute();
}

export async function findCaptions(db: Queryable, chapterId: string, language: LanguageCode) {
  return db
    .selectFrom('chapterLanguage as cl')
    .innerJoin('chapter as c', 'c.id', 'cl.chapterId')
    .innerJoin('edition as e', 'e.id', 'c.editionId')
    .innerJoin('lecture as l', 'l.id', 'e.lectureId')
    .where('c.id', '=', chapterId)
    .where('cl.language', '=', language)
    .select([
      'cl.captionsVtt as captions',
      'cl.descriptionsVtt as descriptions',
      'e.state',
      'l.commissionCode',
    ])
    .executeTakeFirst();
}
