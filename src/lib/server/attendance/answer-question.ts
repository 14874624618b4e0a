import { z } from 'zod';
import type { Learner } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { drawQuestion } from './draw-question.ts';
import { findAnswer, findDrawnQuestion, insertAnswer, markAnswered } from './gates.queries.ts';
import { appendLeaseEvents } from './heartbeat.queries.ts';
import { getRunningAttendance, lockStep } from './lock-step.ts';

export const AnswerQuestion = z.object({ choiceId: z.uuid() });

/**
 * The question of a chapter as it may be seen before it is answered: without what is right. The first time one of the chapter's bank is drawn; from then on,
 * in every window, it is that one. Refused as `lockStep` says.
 */
export async function getQuestion(app: App, learner: Learner, chapterId: string) {
  return app.db.transaction().execute(async (trx) => {
    const { attendance } = await lockStep(app, trx, learner, { kind: 'question', chapterId });
    const { text, language, choices } = await drawQuestion(trx, attendance.id, chapterId);
    return { text, language, choices: choices.map(({ id, text }) => ({ id, text })) };
  });
}

/** What the learner answered, what was right and why; refused while it has not been answered. */
export async function getAnsweredQuestion(app: App, learner: Learner, chapterId: string) {
  const attendance = await getRunningAttendance(app, app.db, learner);
  const [question, answer] = await Promise.all([
    findDrawnQuestion(app.db, attendance.id, chapterId),
    findAnswer(app.db, attendance.id, chapterId),
  ]);
  if (!question || !answer) throw new Refusal('question_not_answered');
  return { ...question, choiceId: answer.choiceId, isRight: answer.isRight };
}

/**
 * Takes the one answer to a chapter's check question. A wrong one is explained and does not stop anybody. Refused before
 * the chapter has been watched, a second time, and with a choice of another question.
 */
export async function answerQuestion(
  app: App,
  learner: Learner,
  chapterId: string,
  { choiceId }: z.output<typeof AnswerQuestion>,
): Promise<void> {
  await app.db.transaction().execute(async (trx) => {
    const { attendance, now } = await lockStep(app, trx, learner, { kind: 'question', chapterId });
    const question = await drawQuestion(trx, attendance.id, chapterId);
    const choice = question.choices.find(({ id }) => id === choiceId);
    if (!choice) throw new Refusal('choice_unknown');
    const { isRight } = choice;
    const ids = { attendanceId: attendance.id, chapterId };
    await insertAnswer(trx, { ...ids, questionId: question.id, choiceId, isRight, answeredAt: now });
    await markAnswered(trx, attendance.id, chapterId, now);
    const reason = isRight ? 'right' : 'wrong';
    await appendLeaseEvents(trx, [{ ...ids, viewingId: null, at: now, kind: 'answer', reason }]);
  });
}
