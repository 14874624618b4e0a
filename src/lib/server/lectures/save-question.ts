import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { MAX_CHOICES, MAX_QUESTIONS, type DraftQuestion } from '#lib/domain/lectures/edition.ts';
import { LANGUAGE_CODES } from '#lib/domain/lectures/languages.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { countChange } from './edition.queries.ts';
import { assertDeclared, lockChapter, SeenChapter } from './lock-chapter.ts';
import { markWritten } from './preview.queries.ts';
import { insertQuestion, writeQuestion } from './question.queries.ts';
import { writtenText } from './written-text.ts';

const text = writtenText(LIMITS.textMaxLength);
const Code = z.enum(LANGUAGE_CODES);

/** A question in all languages that are written by now; only publishing asks for all of it. */
export const Question = z.object({
  words: z.partialRecord(Code, z.object({ text, explanation: text })),
  choices: z
    .array(z.object({ texts: z.partialRecord(Code, text), isRight: z.boolean() }))
    .max(MAX_CHOICES)
    .refine((choices) => choices.filter(({ isRight }) => isRight).length <= 1),
});

export const SaveQuestion = SeenChapter.extend({
  /** null: a further one in the chapter's bank, behind the others. */
  questionId: z.uuid().nullable(),
  question: Question,
});

/** Whether nothing was changed: then the author stays, and so does what a colleague has checked. */
const isSame = (before: DraftQuestion, { words, choices }: z.output<typeof Question>) =>
  isDeepStrictEqual(
    { words: before.words, choices: before.choices.map(({ texts, isRight }) => ({ texts, isRight })) },
    { words, choices: choices.map(({ texts, isRight }) => ({ texts, isRight })) },
  );

/**
 * Writes a question of a chapter's bank as it now is; with other words it has to be checked anew. Answers its id and the draft's new version. Refused as `lockChapter` says;
 * `language_not_declared`; `not_found` when the question is gone; `malformed` beyond `MAX_QUESTIONS`.
 */
export async function saveQuestion(
  app: App,
  administrator: Administrator,
  input: z.output<typeof SaveQuestion>,
): Promise<{ questionId: string; version: number }> {
  const { editionId, chapterId, question } = input;
  return app.db.transaction().execute(async (trx) => {
    const { chapter, languages } = await lockChapter(trx, administrator, input);
    const { words, choices } = question;
    assertDeclared(languages, [...Object.keys(words), ...choices.flatMap(({ texts }) => Object.keys(texts))]);
    const known = chapter.questions.map(({ id }) => id);
    if (input.questionId !== null && !known.includes(input.questionId)) throw new Refusal('not_found');
    if (input.questionId === null && known.length >= MAX_QUESTIONS)
      throw new Refusal('malformed', { field: 'questions' });
    const questionId = input.questionId ?? (await insertQuestion(trx, chapterId, known.length + 1));
    await writeQuestion(trx, questionId, question);
    const before = chapter.questions.find(({ id }) => id === questionId);
    if (!before || !isSame(before, question)) await markWritten(trx, questionId, administrator.officerId);
    await appendAudit(trx, administrator, {
      what: 'question.saved',
      subject: { kind: 'chapter', id: chapterId },
      detail: { editionId, questionId, chapter: chapter.position },
    });
    return { questionId, version: await countChange(trx, editionId) };
  });
}
