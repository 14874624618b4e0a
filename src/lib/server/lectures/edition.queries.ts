import { sql, type Insertable } from 'kysely';
import type { Database, DB, Transaction } from '../db/database.ts';

type Queryable = Database | Transaction<DB>;

export async function insertLecture(
  trx: Transaction<DB>,
  lecture: Insertable<DB['lecture']>,
): Promise<string> {
  const { id } = await trx.insertInto('lecture').values(lecture).returning('id').executeTakeFirstOrThrow();
  return id;
}

/** Serialises whoever makes editions of one lecture. */
export async function lockLecture(trx: Transaction<DB>, lectureId: string) {
  return trx
    .selectFrom('lecture')
    .where('id', '=', lectureId)
    .select(['id', 'commissionCode'])
    .forUpdate()
    .executeTakeFirst();
}

export async function listLecturesOfCommission(db: Queryable, commissionCode: string) {
  return db
    .selectFrom('lecture')
    .where('commissionCode', '=', commissionCode)
    .orderBy('createdAt')
    .orderBy('id')
    .select(['id', 'lectureClass', 'titleJa', 'titleEn'])
    .execute();
}

/** The editions of a commission's lectures, newest first, with how much they hold by now. */
export async function listEditionsOfCommission(db: Queryable, commissionCode: string) {
  return db
    .selectFrom('edition as e')
    .innerJoin('lecture as l', 'l.id', 'e.lectureId')
    .leftJoin('chapter as c', 'c.editionId', 'e.id')
    .leftJoin('video as v', 'v.id', 'c.videoId')
    .where('l.commissionCode', '=', commissionCode)
    .groupBy('e.id')
    .orderBy('e.number', 'desc')
    .select(['e.id', 'e.lectureId', 'e.number', 'e.state', 'e.createdAt', 'e.publishedAt', 'e.withdrawnAt'])
    .select((eb) => eb.fn.count<number>('c.id').as('chapterCount'))
    .select(sql<number>`coalesce(sum(v.duration_ms), 0)::integer`.as('totalMs'))
    .execute();
}

function selectEdition(db: Queryable, editionId: string) {
  return db
    .selectFrom('edition as e')
    .innerJoin('lecture as l', 'l.id', 'e.lectureId')
    .where('e.id', '=', editionId)
    .select(['e.id', 'e.lectureId', 'e.number', 'e.state', 'e.version', 'e.publishedAt', 'e.withdrawnAt'])
    .select(['l.commissionCode', 'l.lectureClass', 'l.titleJa', 'l.titleEn']);
}

export async function findEdition(db: Queryable, editionId: string) {
  return selectEdition(db, editionId).executeTakeFirst();
}

export type EditionRow = NonNullable<Awaited<ReturnType<typeof findEdition>>>;

/** Locks the lecture too: which of its editions is published is decided by one administrator at a time. */
export async function lockEdition(trx: Transaction<DB>, editionId: string): Promise<EditionRow | undefined> {
  return selectEdition(trx, editionId).forUpdate(['e', 'l']).executeTakeFirst();
}

export async function findNewestEdition(trx: Transaction<DB>, lectureId: string) {
  return trx
    .selectFrom('edition')
    .where('lectureId', '=', lectureId)
    .orderBy('number', 'desc')
    .select(['id', 'number', 'state'])
    .executeTakeFirst();
}

export async function insertEdition(
  trx: Transaction<DB>,
  edition: Insertable<DB['edition']>,
): Promise<string> {
  const { id } = await trx.insertInto('edition').values(edition).returning('id').executeTakeFirstOrThrow();
  return id;
}

/** Answers the version that the edition has after this change. */
export async function countChange(trx: Transaction<DB>, editionId: string): Promise<number> {
  const { version } = await trx
    .updateTable('edition')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', editionId)
    .returning('version')
    .executeTakeFirstOrThrow();
  return version;
}

export async function markPublished(
  trx: Transaction<DB>,
  editionId: string,
  { publishedAt, totalMs }: { publishedAt: Date; totalMs: number },
): Promise<void> {
  await trx
    .updateTable('edition')
    .set({ state: 'published', publishedAt, totalMs })
    .where('id', '=', editionId)
    .execute();
}

/** Answers which edition of the lecture was published until now; undefined when none was. */
export async function withdrawPublished(trx: Transaction<DB>, lectureId: string, withdrawnAt: Date) {
  const withdrawn = await trx
    .updateTable('edition')
    .set({ state: 'withdrawn', withdrawnAt })
    .where('lectureId', '=', lectureId)
    .where('state', '=', 'published')
    .returning('id')
    .executeTakeFirst();
  return withdrawn?.id;
}
