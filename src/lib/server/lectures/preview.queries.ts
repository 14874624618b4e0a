import type { Insertable } from 'kysely';
import type { Database, DB, Transaction } from '../db/database.ts';

type Queryable = Database | Transaction<DB>;

export async function insertPreviewAnswer(
  trx: Transaction<DB>,
  answer: Insertable<DB['previewAnswer']>,
): Promise<void> {
  await trx.insertInto('previewAnswer').values(answer).execute();
}

/** What an officer last answered to a question as it is written now. */
export async function findPreviewAnswer(
  db: Queryable,
  officerId: string,
  { id, revision }: { id: string; revision: number },
) {
  return db
    .selectFrom('previewAnswer')
    .where('questionId', '=', id)
    .where('officerId', '=', officerId)
    .where('revision', '=', revision)
    .orderBy('id', 'desc')
    .select(['choiceId', 'isRight'])
    .executeTakeFirst();
}

export async function markChecked(
  trx: Transaction<DB>,
  questionId: string,
  { checkedBy, checkedAt }: { checkedBy: string; checkedAt: Date },
): Promise<void> {
  await trx.updateTable('question').set({ checkedBy, checkedAt }).where('id', '=', questionId).execute();
}

/** A question has other words, or another right choice, than before: it has an author, and has to be checked anew. */
export async function markWritten(
  trx: Transaction<DB>,
  questionId: string,
  writtenBy: string,
): Promise<void> {
  await trx
    .updateTable('question')
    .set({ writtenBy, checkedBy: null, checkedAt: null })
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', questionId)
    .execute();
}
