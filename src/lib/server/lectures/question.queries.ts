import { sql, type Insertable } from 'kysely';
import type { DraftQuestion, QuestionWords } from '#lib/domain/lectures/edition.ts';
import type { InLanguages } from '#lib/domain/lectures/languages.ts';
import type { Database, DB, Transaction } from '../db/database.ts';

type Queryable = Database | Transaction<DB>;

/** The banks of all chapters of an edition, each in its order. */
export async function listQuestions(db: Queryable, editionId: string) {
  const questions = await db
    .selectFrom('question as q')
    .innerJoin('chapter as c', 'c.id', 'q.chapterId')
    .where('c.editionId', '=', editionId)
    .orderBy('q.position')
    .leftJoin('officer as k', 'k.id', 'q.checkedBy')
    .select(['q.id', 'q.chapterId', 'q.revision', 'q.writtenBy', 'q.checkedBy', 'q.checkedAt'])
    .select('k.name as checkedByName')
    .select((eb) =>
      eb
        .selectFrom('questionLanguage as ql')
        .whereRef('ql.questionId', '=', 'q.id')
        .select(
          sql<InLanguages<QuestionWords> | null>`jsonb_object_agg(ql.language,
            jsonb_build_object('text', ql.text, 'explanation', ql.explanation))`.as('words'),
        )
        .as('words'),
    )
    .execute();
  const choices = await db
    .selectFrom('choice as o')
    .innerJoin('question as q', 'q.id', 'o.questionId')
    .innerJoin('chapter as c', 'c.id', 'q.chapterId')
    .where('c.editionId', '=', editionId)
    .orderBy('o.position')
    .select(['o.id', 'o.questionId', 'o.isRight'])
    .select((eb) =>
      eb
        .selectFrom('choiceLanguage as ol')
        .whereRef('ol.choiceId', '=', 'o.id')
        .select(sql<InLanguages<string> | null>`jsonb_object_agg(ol.language, ol.text)`.as('texts'))
        .as('texts'),
    )
    .execute();
  const choicesOf = Map.groupBy(choices, ({ questionId }) => questionId);
  return questions.map(({ words, ...question }) => ({
    ...question,
    isChecked: question.checkedBy !== null,
    words: words ?? {},
    choices: (choicesOf.get(question.id) ?? []).map(({ id, isRight, texts }) => ({
      id,
      isRight,
      texts: texts ?? {},
    })),
  }));
}

/** Who wrote a question and who has checked it: a copy takes that along with the words. */
type Review = Pick<Insertable<DB['question']>, 'writtenBy' | 'checkedBy' | 'checkedAt'>;

export async function insertQuestion(
  trx: Transaction<DB>,
  chapterId: string,
  position: number,
  review: Review = {},
): Promise<string> {
  const { id } = await trx
    .insertInto('question')
    .values({ chapterId, position, ...review })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/**
 * Writes the words and choices of a question in a draft. A choice keeps its id with its place; a language that `question` says nothing of
 * loses its words, which were a translation of what is not asked any more.
 */
export async function writeQuestion(
  trx: Transaction<DB>,
  questionId: string,
  { words, choices }: DraftQuestion,
): Promise<void> {
  await trx.deleteFrom('questionLanguage').where('questionId', '=', questionId).execute();
  const rows = Object.entries(words).map(([language, own]) => ({ questionId, language, ...own }));
  if (rows.length > 0) await trx.insertInto('questionLanguage').values(rows).execute();
  const known = await trx
    .selectFrom('choice')
    .where('questionId', '=', questionId)
    .orderBy('position')
    .select('id')
    .execute();
  const surplus = known.slice(choices.length).map(({ id }) => id);
  if (surplus.length > 0) await trx.deleteFrom('choice').where('id', 'in', surplus).execute();
  for (const [index, { isRight, texts }] of choices.entries()) {
    const choiceId =
      known[index]?.id ?? (await insertChoice(trx, { questionId, position: index + 1, isRight }));
    await trx.updateTable('choice').set({ isRight }).where('id', '=', choiceId).execute();
    await trx.deleteFrom('choiceLanguage').where('choiceId', '=', choiceId).execute();
    const written = Object.entries(texts).map(([language, text]) => ({ choiceId, language, text }));
    if (written.length > 0) await trx.insertInto('choiceLanguage').values(written).execute();
  }
}

async function insertChoice(
  trx: Transaction<DB>,
  choice: { questionId: string; position: number; isRight: boolean },
): Promise<string> {
  const { id } = await trx.insertInto('choice').values(choice).returning('id').executeTakeFirstOrThrow();
  return id;
}

export async function deleteQuestion(trx: Transaction<DB>, questionId: string): Promise<void> {
  await trx.deleteFrom('question').where('id', '=', questionId).execute();
}

/** Puts the questions of a chapter into the order of their ids in the list. */
export async function reorderQuestions(
  trx: Transaction<DB>,
  chapterId: string,
  questionIds: readonly string[],
): Promise<void> {
  await trx
    .updateTable('question')
    .set({ position: sql<number>`array_position(${[...questionIds]}::uuid[], id)` })
    .where('chapterId', '=', chapterId)
    .execute();
}
