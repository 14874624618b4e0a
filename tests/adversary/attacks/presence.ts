import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { MAX_PRESENCE_ASKS, PRESENCE_EXTENSION_MS } from '#lib/domain/attendance/presence.ts';
import type { HeartbeatReply, OpenedViewing } from '#lib/domain/attendance/protocol.ts';
import { makeScene, watchHonestly, type Attack, type Scene } from '../support/scene.ts';

/** In the middle of the first segment and of the second. */
const [FIRST_MS, SECOND_MS] = [3_000, 9_000];
const KEYS_UP_TO_FIRST = 1;
const LONG_MS = 60_000;

/** Lets the first chapter of this person have checks at these positions, as if they had been drawn so. Returns their ids. */
async function placeChecks(
  { victim, learner, first }: Scene,
  positionsMs: readonly number[],
  answerMs = LONG_MS,
) {
  const { db } = victim.app;
  const { id: attendanceId } = await db
    .updateTable('attendance')
    .set({ presenceAnswerMs: answerMs })
    .where('driverId', '=', learner.driverId)
    .returning('id')
    .executeTakeFirstOrThrow();
  const ids = { attendanceId, chapterId: first.id };
  const checks = await db
    .insertInto('presenceCheck')
    .values(positionsMs.map((positionMs) => ({ ...ids, positionMs })))
    .returning(['id', 'positionMs'])
    .execute();
  await db
    .updateTable('chapterAttendance')
    .set({ gateMs: Math.min(...positionsMs) })
    .where('attendanceId', '=', attendanceId)
    .where('chapterId', '=', first.id)
    .execute();
  return checks.toSorted((a, b) => a.positionMs - b.positionMs).map(({ id }) => id);
}

const keysOf = (said: OpenedViewing | HeartbeatReply) =>
  'grant' in said ? said.grant.fromIndex + said.grant.keys.length : 0;

/** Claims the rest of the chapter once more. */
const claimMore = ({ me, first }: Scene, { viewingId }: OpenedViewing, sequence: number) =>
  me.beat({ viewingId, sequence, fromMs: 0, toMs: first.durationMs, state: 'playing' });

/** Gets around being asked whether he is there. */
export const PRESENCE: readonly Attack[] = [
  {
    name: 'Everything beyond a presence check is claimed before it is passed, and its keys are asked for',
    happens: 'credit, look-ahead and keys stop at the check, in heartbeats as in playlists',
    async run(scene) {
      const { me } = scene;
      await placeChecks(scene, [FIRST_MS]);
      const opened = await me.open(scene.first.id);
      expect(keysOf(opened)).toBe(KEYS_UP_TO_FIRST);
      for (let sequence = 1; sequence <= 8; sequence += 1) {
        await wait(500);
        const reply = await claimMore(scene, opened, sequence);
        expect(reply.creditedMs).toBeLessThanOrEqual(FIRST_MS);
        expect(reply).toMatchObject({ outcome: 'credited', releasedMs: FIRST_MS });
        expect(keysOf(reply)).toBe(KEYS_UP_TO_FIRST);
      }
      const native = `/media/native/${opened.viewingId}/key`;
      expect((await me.send(`${native}/0`)).status).toBe(200);
      expect((await me.send(`${native}/1`)).status).toBe(404);
    },
  },
  {
    name: 'A presence check is answered before it is due',
    happens: 'refused (`presence_not_due`); it is asked when credit comes there, and stops it',
    async run(scene) {
      const { me, first } = scene;
      const [checkId = ''] = await placeChecks(scene, [FIRST_MS]);
      const opened = await me.open(first.id);
      for (const wish of ['pass', 'extend'] as const)
        expect(await me.answerPresence(checkId, wish)).toBe('presence_not_due');
      await watchHonestly(me, opened, { untilMs: FIRST_MS });
      const reply = await claimMore(scene, opened, 1_000);
      expect(reply).toMatchObject({ outcome: 'refused', code: 'out_of_sequence', creditedMs: FIRST_MS });
    },
  },
  {
    name: 'The presence check of another person is answered, and one that does not exist',
    happens: 'refused (`not_found`), and neither person’s check is passed by it',
    async run(scene) {
      const { me, victim, first } = scene;
      const other = await makeScene(victim);
      const [otherId = ''] = await placeChecks(other, [FIRST_MS]);
      await placeChecks(scene, [FIRST_MS]);
      await watchHonestly(other.me, await other.me.open(first.id), { untilMs: FIRST_MS });
      const opened = await me.open(first.id);
      await watchHonestly(me, opened, { untilMs: FIRST_MS });
      for (const checkId of [otherId, '00000000-0000-4000-8000-000000000000'])
        expect(await me.answerPresence(checkId)).toBe('not_found');
      expect(await other.me.answerPresence(otherId)).toBe('passed');
      expect(keysOf(await me.open(first.id))).toBe(KEYS_UP_TO_FIRST);
    },
  },
  {
    name: 'The answer to one presence check is said again at the next one',
    happens: 'answered as the one that it belongs to; the next one stays where it is',
    async run(scene) {
      const { me, first } = scene;
      const [firstId = '', secondId = ''] = await placeChecks(scene, [FIRST_MS, SECOND_MS]);
      await watchHonestly(me, await me.open(first.id), { untilMs: FIRST_MS });
      expect(await me.answerPresence(firstId)).toBe('passed');
      expect(await me.answerPresence(secondId)).toBe('presence_not_due');
      const opened = await me.open(first.id);
      await watchHonestly(me, opened, { untilMs: SECOND_MS });
      const again = await Promise.all(Array.from({ length: 10 }, () => me.answerPresence(firstId)));
      expect(new Set(again)).toEqual(new Set(['passed']));
      const after = await me.open(first.id);
      expect(after).toMatchObject({ creditedMs: SECOND_MS, releasedMs: SECOND_MS });
    },
  },
  {
    name: 'A presence check is answered after its time, again and again',
    happens: 'the chapter goes back to the check before (`presence_missed`, `presence_not_due`)',
    async run(scene) {
      const { me, first } = scene;
      const [checkId = ''] = await placeChecks(scene, [FIRST_MS], 1_000);
      const opened = await me.open(first.id);
      await watchHonestly(me, opened, { untilMs: FIRST_MS });
      await wait(1_200);
      expect(await me.answerPresence(checkId)).toBe('missed');
      expect(await me.answerPresence(checkId)).toBe('presence_not_due');
      expect(await claimMore(scene, opened, 1_000)).toMatchObject({ code: 'presence_missed', creditedMs: 0 });
      expect(await me.open(first.id)).toMatchObject({ creditedMs: 0, presence: null });
    },
  },
  {
    name: 'The viewing is opened again whenever the time for a presence check runs out',
    happens: 'asked three times, then it is a miss: the chapter goes back to the check before',
    async run(scene) {
      const { me, first } = scene;
      await placeChecks(scene, [FIRST_MS], 30_000);
      await watchHonestly(me, await me.open(first.id), { untilMs: FIRST_MS });
      for (let asks = 2; asks <= MAX_PRESENCE_ASKS; asks += 1) {
        await wait(300);
        expect((await me.open(first.id)).presence).toMatchObject({ answerWithinMs: 30_000 });
      }
      expect(await me.open(first.id)).toMatchObject({ creditedMs: 0, presence: null });
    },
  },
  {
    name: 'More time for a presence check is asked for a hundred times',
    happens: 'given once; the time goes on, and credit waits',
    async run(scene) {
      const { me, first } = scene;
      const [checkId = ''] = await placeChecks(scene, [FIRST_MS]);
      const opened = await me.open(first.id);
      await watchHonestly(me, opened, { untilMs: FIRST_MS });
      for (let round = 0; round < 10; round += 1)
        await Promise.all(Array.from({ length: 10 }, () => me.answerPresence(checkId, 'extend')));
      const { presence } = await me.open(first.id);
      // Asked afresh by the opening, without what was added before.
      expect(presence?.answerWithinMs).toBeLessThanOrEqual(LONG_MS);
      expect(await me.answerPresence(checkId, 'extend')).toBe('waiting');
      const said = await me.call('viewing.answerPresence', { checkId, wish: 'extend' });
      const { answerWithinMs } = (JSON.parse(said.text) as { result: { data: { answerWithinMs: number } } })
        .result.data;
      expect(answerWithinMs).toBeLessThanOrEqual(LONG_MS + PRESENCE_EXTENSION_MS);
    },
  },
];
