import type { DB, Transaction } from '../db/database.ts';
import { insertChapter, insertCopiedVersions, type ChapterRow } from './chapter.queries.ts';
import { insertQuestion, writeQuestion } from './question.queries.ts';

/** Puts a chapter with all its languages and questions into another edition; answers the id of the copy. */
export async function copyChapter(
  trx: Transaction<DB>,
  chapter: ChapterRow,
  place: { editionId: string; position: number; originChapterId: string | null },
): Promise<string> {
  const id = await insertChapter(trx, place);
  await insertCopiedVersions(trx, chapter.id, id);
  for (const [index, question] of chapter.questions.entries()) {
    const { writtenBy, checkedBy, checkedAt } = question;
    const review = { writtenBy, checkedBy, checkedAt };
    await writeQuestion(trx, await insertQuestion(trx, id, index + 1, review), question);
  }
  return id;
}
