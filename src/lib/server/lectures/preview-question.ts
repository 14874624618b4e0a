import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { LANGUAGE_CODES, type LanguageCode } from '#lib/domain/lectures/languages.ts';
import { chooseForPreview, countsAsCheck } from '#lib/domain/lectures/preview.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Database, DB, Transaction } from '../db/database.ts';
import { listChapters, type ChapterRow } from './chapter.queries.ts';
import { findEdition, lockEdition } from './edition.queries.ts';
import { assertOwn } from './lock-draft.ts';
import { findPreviewAnswer, insertPreviewAnswer, markChecked } from './preview.queries.ts';

type BankQuestion = ChapterRow['questions'][number];

interface Ids {
  readonly editionId: string;
  readonly chapterId: string;
}

export const AnswerPreview = z.object({
  editionId: z.uuid(),
  chapterId: z.uuid(),
  questionId: z.uuid(),
  /** Of the question as it was seen. */
  revision: z.coerce.number().int().positive(),
  choiceId: z.uuid(),
  language: z.enum(LANGUAGE_CODES),
});

async function getChapterOf(db: Database | Transaction<DB>, { editionId, chapterId }: Ids) {
  const chapter = (await listChapters(db, editionId)).find(({ id }) => id === chapterId);
  if (!chapter) throw new Refusal('not_found');
  return chapter;
}

const wordsIn = ({ id, revision, words, choices }: BankQuestion, language: LanguageCode) => ({
  id,
  revision,
  language,
  text: words[language]?.text ?? '',
  choices: choices.map(({ id, texts }) => ({ id, text: texts[language] ?? '' })),
});

/**
 * A question of the chapter's bank as a learner sees it, without what is right: the wanted one, or one that this administrator can
 * still check (`chooseForPreview`). Refused: `not_found`, `not_allowed`.
 */
export async function drawPreviewQuestion(
  app: App,
  administrator: Administrator,
  ids: Ids,
  { language, questionId }: { language: LanguageCode; questionId: string | null },
) {
  assertOwn(await findEdition(app.db, ids.editionId), administrator);
  const { questions } = await getChapterOf(app.db, ids);
  const question =
    questions.find(({ id }) => id === questionId) ??
    chooseForPreview(questions, administrator.officerId, (count) => (count === 0 ? 0 : randomInt(count)));
  if (!question) throw new Refusal('not_found');
  return wordsIn(question, language);
}

/**
 * Takes an administrator's answer to a question in the preview, as often as he likes, and writes it down. In a draft the first right one by
 * somebody other than the author checks the question. Refused: `not_found`, `not_allowed`, `choice_unknown`,
 * `edition_changed_meanwhile` (the question was written anew since it was seen).
 */
export async function answerPreview(
  app: App,
  administrator: Administrator,
  input: z.output<typeof AnswerPreview>,
): Promise<void> {
  const { officerId } = administrator;
  const { editionId, chapterId, questionId, revision, choiceId, language } = input;
  await app.db.transaction().execute(async (trx) => {
    const edition = await lockEdition(trx, editionId);
    assertOwn(edition, administrator);
    const { position, questions } = await getChapterOf(trx, input);
    const index = questions.findIndex(({ id }) => id === questionId);
    const question = questions[index];
    if (!question) throw new Refusal('not_found');
    if (question.revision !== revision) throw new Refusal('edition_changed_meanwhile');
    const choice = question.choices.find(({ id }) => id === choiceId);
    if (!choice) throw new Refusal('choice_unknown');
    const { isRight } = choice;
    const answeredAt = app.clock.now();
    const ids = { editionId, chapterId, questionId, choiceId, officerId };
    const seen = { revision, language, editionVersion: edition.version };
    await insertPreviewAnswer(trx, { ...ids, ...seen, isRight, answeredAt });
    if (edition.state !== 'draft' || !countsAsCheck(question, { officerId, isRight })) return;
    await markChecked(trx, questionId, { checkedBy: officerId, checkedAt: answeredAt });
    await appendAudit(trx, administrator, {
      what: 'question.checked',
      subject: { kind: 'chapter', id: chapterId },
      detail: { editionId, questionId, position, number: index + 1 },
    });
  });
}

/**
 * What this administrator last answered to a question, what is right and why. Refused: `not_found`, `not_allowed`,
 * `question_not_answered`.
 */
export async function getPreviewAnswer(
  app: App,
  administrator: Administrator,
  ids: Ids & { readonly questionId: string },
  language: LanguageCode,
) {
  assertOwn(await findEdition(app.db, ids.editionId), administrator);
  const { questions } = await getChapterOf(app.db, ids);
  const question = questions.find(({ id }) => id === ids.questionId);
  if (!question) throw new Refusal('not_found');
  const answer = await findPreviewAnswer(app.db, administrator.officerId, question);
  if (!answer) throw new Refusal('question_not_answered');
  const { writtenBy, checkedBy } = question;
  const { officerId } = administrator;
  return {
    ...wordsIn(question, language),
    explanation: question.words[language]?.explanation ?? '',
    choices: question.choices.map(({ id, texts, isRight }) => ({ id, text: texts[language] ?? '', isRight })),
    choiceId: answer.choiceId,
    isRight: answer.isRight,
    isOwn: writtenBy === officerId,
    isChecked: checkedBy !== null,
    hasMore: questions.some((other) => countsAsCheck(other, { officerId, isRight: true })),
  };
}
