import { randomInt } from 'node:crypto';
import { drawPresencePositions, LONGER_ANSWER_FACTOR } from '#lib/domain/attendance/presence.ts';
import type { DB, Transaction } from '../db/database.ts';
import { getPresenceSettings } from './presence.queries.ts';

const STEPS = 2 ** 40;
/** From 0 up to 1, from the operating system's generator: nobody can foresee where he will be asked. */
const secureRandom = () => randomInt(STEPS) / STEPS;

/** How the learners of a commission are asked: how often in a chapter, and how long one has to answer. */
export async function planPresence(trx: Transaction<DB>, commissionCode: string, needsLonger: boolean) {
  const { presencePerChapter, presenceAnswerSeconds } = await getPresenceSettings(trx, commissionCode);
  return {
    answerMs: presenceAnswerSeconds * 1_000 * (needsLonger ? LONGER_ANSWER_FACTOR : 1),
    positionsOf: (durationMs: number, segmentStartsMs: readonly number[]) =>
      drawPresencePositions(durationMs, segmentStartsMs, presencePerChapter, secureRandom),
  };
}
