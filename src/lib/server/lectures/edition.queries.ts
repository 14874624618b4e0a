import { sql, type Insertable, type Updateable } from 'kysely';
import type { EditionState } from '#lib/domain/lectures/edition-states.ts';
import { FIRST_LANGUAGE } from '#lib/domain/lectures/languages.ts';
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

/** The editions of a commission's lectures, newest first, with how much they hold by now (in Japanese). */
export async function listEditionsOfCommission(db: Queryable, commissionCode: string) {
  return db
    .selectFrom('edition as e')
    .innerJoin('lecture as l', 'l.id', 'e.lectureId')
    .leftJoin('chapter as c', 'c.editionId', 'e.id')
    .leftJoin('chapterLanguage as cl', (join) =>
      join.onRef('cl.chapterId', '=', 'c.id').on('cl.language', '=', FIRST_LANGUAGE),
    )
    .leftJoin('video as v', 'v.id', 'cl.videoId')
    .where('l.commissionCode', '=', commissionCode)
    .groupBy('e.id')
    .orderBy('e.number', 'desc')
    .select(['e.id', 'e.lectureId', 'e.number', 'e.state', 'e.createdAt', 'e.publishedAt', 'e.withdrawnAt'])
    .select(['e.scheduledFor', 'e.languages'])
    .select((eb) => eb.fn.count<number>('c.id').as('chapterCount'))
    .select(sql<number>`coalesce(sum(v.duration_ms), 0)::integer`.as('totalMs'))
    .execute();
}

function selectEdition(db: Queryable, editionId: string) {
  return db
    .selectFrom('edition as e')
    .innerJoin('lecture as l', 'l.id', 'e.lectureId')
    .innerJoin('commission as o', 'o.code', 'l.commissionCode')
    .where('e.id', '=', editionId)
    .select(['e.id', 'e.lectureId', 'e.number', 'e.state', 'e.version', 'e.publishedAt', 'e.withdrawnAt'])
    .select(['e.scheduledFor', 'e.scheduleFault', 'e.withdrawalReason'])
    .select(['l.commissionCode', 'l.lectureClass', 'l.titleJa', 'l.titleEn', 'e.languages', 'o.isNational']);
}

export async function findEdition(db: Queryable, editionId: string) {
  return selectEdition(db, editionId).executeTakeFirst();
}

export type EditionRow = NonNullable<Awaited<ReturnType<typeof findEdition>>>;

/**
 * Locks the lecture too: which of its editions is published is decided by one administrator at a time. It comes first, since a publication
 * goes on to another of its editions.
 */
export async function lockEdition(trx: Transaction<DB>, editionId: string): Promise<EditionRow | undefined> {
  await trx
    .selectFrom('lecture')
    .where('id', '=', (eb) => eb.selectFrom('edition').where('id', '=', editionId).select('lectureId'))
    .select('id')
    .forUpdate()
    .execute();
  return selectEdition(trx, editionId).forUpdate('e').executeTakeFirst();
}

export async function findNewestEdition(trx: Transaction<DB>, lectureId: string) {
  return trx
    .selectFrom('edition')
    .where('lectureId', '=', lectureId)
    .orderBy('number', 'desc')
    .select(['id', 'number', 'languages'])
    .executeTakeFirst();
}

export async function findDraft(trx: Transaction<DB>, lectureId: string) {
  return trx
    .selectFrom('edition')
    .where('lectureId', '=', lectureId)
    .where('state', '=', 'draft')
    .orderBy('number', 'desc')
    .select('id')
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

export async function updateLanguages(trx: Transaction<DB>, editionId: string, languages: readonly string[]) {
  await trx
    .updateTable('edition')
    .set({ languages: [...languages] })
    .where('id', '=', editionId)
    .execute();
}

/**
 * Puts an edition into another state and counts that as a change. What only belongs to the state before (an appointed time, why it was
 * missed) is forgotten, unless `facts` say otherwise.
 */
export async function markState(
  trx: Transaction<DB>,
  editionId: string,
  facts: Pick<Updateable<DB['edition']>, 'publishedAt' | 'totalMs' | 'scheduledFor' | 'scheduleFault'> & {
    readonly state: EditionState;
  },
): Promise<void> {
  await trx
    .updateTable('edition')
    .set({ scheduledFor: null, scheduleFault: null, ...facts })
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', editionId)
    .execute();
}

/** Ends the published edition of a lecture, if there is one, and answers its id. */
export async function markWithdrawn(
  trx: Transaction<DB>,
  lectureId: string,
  { withdrawnAt, reason }: { withdrawnAt: Date; reason: string | null },
): Promise<string | undefined> {
  const withdrawn = await trx
    .updateTable('edition')
    .set({ state: 'withdrawn', withdrawnAt, withdrawalReason: reason })
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('lectureId', '=', lectureId)
    .where('state', '=', 'published')
    .returning('id')
    .executeTakeFirst();
  return withdrawn?.id;
}

/** Another edition of the same lecture that is in this state. */
export async function findOtherEdition(
  trx: Transaction<DB>,
  { id, lectureId }: { id: string; lectureId: string },
  state: EditionState,
) {
  return trx
    .selectFrom('edition')
    .where('lectureId', '=', lectureId)
    .where('id', '<>', id)
    .where('state', '=', state)
    .select(['id', 'number'])
    .executeTakeFirst();
}

/** Editions whose time has come, the longest due first. */
export async function listDueEditions(db: Queryable, now: Date): Promise<string[]> {
  const due = await db
    .selectFrom('edition')
    .where('state', '=', 'scheduled')
    .where('scheduledFor', '<=', now)
    .orderBy('scheduledFor')
    .orderBy('id')
    .select('id')
    .execute();
  return due.map(({ id }) => id);
}

export async function listNationalCommissions(db: Queryable): Promise<string[]> {
  const national = await db
    .selectFrom('commission')
    .where('isNational', '=', true)
    .orderBy('code')
    .select('code')
    .execute();
  return national.map(({ code }) => code);
}

/** The published editions of national authorities: what their chapters may be taken over from. */
function selectNationalEditions(db: Queryable) {
  return db
    .selectFrom('edition as e')
    .innerJoin('lecture as l', 'l.id', 'e.lectureId')
    .innerJoin('commission as o', 'o.code', 'l.commissionCode')
    .where('o.isNational', '=', true)
    .where('e.state', '=', 'published')
    .select(['e.id', 'e.number', 'e.languages', 'l.lectureClass', 'l.titleJa', 'l.titleEn']);
}

export async function listNationalEditions(db: Queryable) {
  return selectNationalEditions(db).orderBy('l.createdAt').orderBy('e.id').execute();
}

export async function findNationalEditionOfChapter(trx: Transaction<DB>, chapterId: string) {
  return selectNationalEditions(trx)
    .innerJoin('chapter as c', 'c.editionId', 'e.id')
    .where('c.id', '=', chapterId)
    .executeTakeFirst();
}
