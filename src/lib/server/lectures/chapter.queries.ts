import { sql, type Insertable } from 'kysely';
import type { DraftQuestion } from '#lib/domain/lectures/edition.ts';
import type { Database, DB, Transaction } from '../db/database.ts';

type Queryable = Database | Transaction<DB>;

/** The chapters of an edition in order, each with its video and its question as far as there are any. */
export async function listChapters(db: Queryable, editionId: string) {
  const chapters = await db
    .selectFrom('chapter as c')
    .leftJoin('video as v', 'v.id', 'c.videoId')
    .where('c.editionId', '=', editionId)
    .orderBy('c.position')
    .select(['c.id', 'c.position', 'c.titleJa', 'c.titleEn', 'c.videoId'])
    .select(['c.captionsVtt as captionsJa', 'c.captionsEnVtt as captionsEn'])
    .select(['v.title as videoTitle', 'v.state as videoState', 'v.durationMs'])
    .execute();
  const questions = await listQuestions(db, editionId);
  return chapters.map((chapter) => ({ ...chapter, question: questions.get(chapter.id) ?? null }));
}

export type ChapterRow = Awaited<ReturnType<typeof listChapters>>[number];

/** By the chapter's id. */
async function listQuestions(db: Queryable, editionId: string): Promise<Map<string, DraftQuestion>> {
  const questions = await db
    .selectFrom('question as q')
    .innerJoin('chapter as c', 'c.id', 'q.chapterId')
    .where('c.editionId', '=', editionId)
    .select(['q.id', 'q.chapterId', 'q.textJa', 'q.textEn', 'q.explanationJa', 'q.explanationEn'])
    .execute();
  const choices = await db
    .selectFrom('choice as o')
    .innerJoin('question as q', 'q.id', 'o.questionId')
    .innerJoin('chapter as c', 'c.id', 'q.chapterId')
    .where('c.editionId', '=', editionId)
    .orderBy('o.position')
    .select(['o.questionId', 'o.textJa', 'o.textEn', 'o.isRight'])
    .execute();
  const choicesOf = Map.groupBy(choices, ({ questionId }) => questionId);
  return new Map(
    questions.map(({ id, chapterId, ...words }) => {
      const own = choicesOf.get(id) ?? [];
      return [chapterId, { ...words, choices: own.map(({ questionId: _, ...choice }) => choice) }];
    }),
  );
}

export async function insertChapter(
  trx: Transaction<DB>,
  chapter: Insertable<DB['chapter']>,
): Promise<string> {
  const { id } = await trx.insertInto('chapter').values(chapter).returning('id').executeTakeFirstOrThrow();
  return id;
}

export interface ChapterContent {
  readonly titleJa: string;
  readonly titleEn: string;
  readonly videoId: string | null;
  readonly captionsVtt: string | null;
  readonly captionsEnVtt: string | null;
}

export async function updateChapter(
  trx: Transaction<DB>,
  chapterId: string,
  content: ChapterContent,
): Promise<void> {
  await trx.updateTable('chapter').set(content).where('id', '=', chapterId).execute();
}

/** Of a draft only: an answered question cannot be taken away. */
export async function replaceQuestion(
  trx: Transaction<DB>,
  chapterId: string,
  question: DraftQuestion | null,
): Promise<void> {
  await trx.deleteFrom('question').where('chapterId', '=', chapterId).execute();
  if (!question) return;
  const { choices, ...words } = question;
  const { id: questionId } = await trx
    .insertInto('question')
    .values({ chapterId, ...words })
    .returning('id')
    .executeTakeFirstOrThrow();
  const rows = choices.map((choice, index) => ({ ...choice, questionId, position: index + 1 }));
  if (rows.length > 0) await trx.insertInto('choice').values(rows).execute();
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

export async function findCaptions(db: Queryable, chapterId: string) {
  return db
    .selectFrom('chapter as c')
    .innerJoin('edition as e', 'e.id', 'c.editionId')
    .innerJoin('lecture as l', 'l.id', 'e.lectureId')
    .where('c.id', '=', chapterId)
    .select(['c.captionsVtt as ja', 'c.captionsEnVtt as en', 'e.state', 'l.commissionCode'])
    .executeTakeFirst();
}
