import { randomInt } from 'node:crypto';
import type { DB, Transaction } from '../db/database.ts';
import { findDrawnQuestion, listBank, markDrawn } from './gates.queries.ts';

/**
 * The question of a chapter for an attendance that `trx` has locked: what was drawn before, or one of the chapter's bank, each as likely as the others
 * and by the operating system's generator, so that nobody can foresee his own from another's.
 */
export async function drawQuestion(trx: Transaction<DB>, attendanceId: string, chapterId: string) {
  const drawn = await findDrawnQuestion(trx, attendanceId, chapterId);
  if (drawn) return drawn;
  const bank = await listBank(trx, chapterId);
  const questionId = bank.length === 0 ? undefined : bank[randomInt(bank.length)];
  if (questionId === undefined) throw new Error(`published chapter ${chapterId} has no question`);
  await markDrawn(trx, attendanceId, chapterId, questionId);
  const question = await findDrawnQuestion(trx, attendanceId, chapterId);
  if (!question) throw new Error(`question ${questionId} lacks a language of its edition`);
  return question;
}
