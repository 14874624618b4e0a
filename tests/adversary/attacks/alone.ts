import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import { drawJpeg } from '../../support/photo.ts';
import { makeScene, watchHonestly, type Attack, type Scene } from '../support/scene.ts';
import { Stranger } from '../support/stranger.ts';

const OPENINGS = 10_000;
const AT_ONCE = 200;

/** What was answered before `crash` is there after it, once. */
async function crashInBurst({ me, first }: Scene, crash: () => Promise<void>): Promise<void> {
  const { viewingId } = await me.open(first.id);
  let told = { creditedMs: 0, sequence: 0 };
  let isOver = false;
  const burst = (async () => {
    for (let sequence = 1; !isOver; sequence += 1) {
      const toMs = told.creditedMs + 5_000;
      const claim = { viewingId, sequence, fromMs: told.creditedMs, toMs, state: 'playing' } as const;
      const reply = await me.beat(claim).catch(() => undefined);
      if (reply?.outcome !== 'credited') return;
      told = { creditedMs: reply.creditedMs, sequence };
    }
  })();
  await wait(1_500);
  await crash();
  isOver = true;
  await burst;
  expect(told.creditedMs).toBeGreaterThan(500);
  const opened = await me.open(first.id);
  expect(opened.creditedMs).toBeGreaterThanOrEqual(told.creditedMs);
  expect(opened.creditedMs).toBeLessThan(told.creditedMs + 2_000);
}

/** Attacks on everybody at once, one after the other when the others are over. */
export const ALONE: readonly Attack[] = [
  {
    name: 'One person has opened ten thousand viewings, opens hundreds more at once and reports for all of them',
    happens:
      'sixty a minute are opened, the rest refused (`too_many_requests`); one is live and earns by the clock, the others nothing',
    async run({ victim, me, learner, first }) {
      await me.open(first.id);
      // As if by days of opening: the database lets nobody have two that are live.
      await victim.app.pool.query(
        `insert into viewing (attendance_id, chapter_id, driver_id, session_id_sha256, opened_at, last_beat_at, run_from_ms,
                              run_to_ms, run_started_at, run_ended_at, closed_at, close_reason)
         select v.attendance_id, v.chapter_id, v.driver_id, v.session_id_sha256, at, at, 0, 0, at, at, at, 'superseded'
           from viewing v, generate_series(1, $1) n, lateral (select now() - interval '1 hour' - n * interval '1 second') t(at)
          where v.driver_id = $2`,
        [OPENINGS, learner.driverId],
      );
      const asked = await Promise.all(Array.from({ length: AT_ONCE }, () => me.tryOpen(first.id)));
      const refused = asked.filter((opened) => typeof opened === 'string');
      expect([...new Set(refused)]).toEqual(['too_many_requests']);
      expect(asked.length - refused.length).toBeLessThan(LIMITS.viewingOpeningsPerMinute);
      const { id: viewingId } = await victim.app.db
        .selectFrom('viewing')
        .where('driverId', '=', learner.driverId)
        .where('closedAt', 'is', null)
        .select('id')
        .executeTakeFirstOrThrow();
      const rows = await victim.app.db
        .selectFrom('viewing')
        .where('driverId', '=', learner.driverId)
        .where('closedAt', 'is not', null)
        .orderBy('openedAt', 'desc')
        .select('id')
        .limit(AT_ONCE)
        .execute();
      const replies = await Promise.all(
        rows.map(({ id }) =>
          me.beat({ viewingId: id, sequence: 1, fromMs: 0, toMs: 5_000, state: 'playing' }),
        ),
      );
      const codes = new Set(replies.map((reply) => reply.outcome === 'refused' && reply.code));
      expect([...codes].toSorted()).toEqual(['too_many_requests', 'viewing_superseded']);
      await wait(500);
      const reply = await me.beat({ viewingId, sequence: 1, fromMs: 0, toMs: 500, state: 'playing' });
      expect(reply.outcome).toBe('credited');
    },
  },
  {
    name: 'The edition is withdrawn while one person is in the middle of it and another wants to begin',
    happens: 'who has begun goes on; nobody begins any more (`no_lecture_published`)',
    lecture: 'short',
    async run({ victim, me, first }) {
      const late = await victim.signIn('short');
      const newcomer = new Stranger(victim.origin, late.cookie);
      const opened = await me.open(first.id);
      const { editionId } = victim.short;
      const { pool } = victim.app;
      await pool.query(
        `update edition set state = 'withdrawn', withdrawn_at = now() where id = '${editionId}'`,
      );
      try {
        expect((await newcomer.consent()).code).toBe('no_lecture_published');
        expect(await newcomer.tryOpen(first.id)).toBe('consent_required');
        expect(await watchHonestly(me, opened)).toMatchObject({ isChapterWatched: true });
      } finally {
        // For the attacks beside this one. Its guard lets nothing come back: only the owner of the database can pass it by.
        await pool.query(
          `begin; set local session_replication_role = replica;
           update edition set state = 'published', withdrawn_at = null where id = '${editionId}'; commit`,
        );
      }
    },
  },
  {
    name: 'The server is killed in a burst of heartbeats, and the script goes on with what it was last told',
    happens: 'what was answered is there after the crash, and nothing is counted twice',
    run: (scene) => crashInBurst(scene, () => scene.victim.crash()),
  },
  {
    name: 'One of two web processes is killed in a burst of heartbeats',
    happens: 'what was answered is there, the other goes on, and a new one takes its place',
    run: (scene) => crashInBurst(scene, () => scene.victim.crashOne()),
  },
  {
    name: 'PostgreSQL is killed in a burst of heartbeats and recovers',
    happens: 'what was answered is there after the recovery; the viewing goes on',
    async run({ victim, me, first }) {
      const { viewingId } = await me.open(first.id);
      let told = { creditedMs: 0, sequence: 0 };
      const play = async () => {
        const sequence = told.sequence + 1;
        const toMs = told.creditedMs + 5_000;
        const claim = { viewingId, sequence, fromMs: told.creditedMs, toMs, state: 'playing' } as const;
        const reply = await me.beat(claim);
        if (reply.outcome === 'credited') told = { creditedMs: reply.creditedMs, sequence };
        return reply;
      };
      for (let round = 0; round < 100; round += 1) await play();
      const { rows } = await victim.app.pool.query<{ pid: number }>('select pg_backend_pid() as pid');
      // A backend that dies this way makes PostgreSQL end all others at once and replay its log.
      const burst = Array.from({ length: 20 }, play);
      process.kill(rows[0]!.pid, 'SIGKILL');
      await Promise.all(burst);
      let reply = await play();
      for (
        let tries = 0;
        tries < 50 && reply.outcome === 'refused' && reply.code !== 'viewing_expired';
        tries += 1
      ) {
        await wait(100);
        reply = await play();
      }
      expect(told.creditedMs).toBeGreaterThan(100);
      const opened = await me.open(first.id);
      expect(opened.creditedMs).toBeGreaterThanOrEqual(told.creditedMs);
    },
  },
  {
    name: 'A finished chapter is asked for as many keys as there are numbers below zero',
    happens: 'refused (`malformed`) at once; the server goes on answering',
    lecture: 'short',
    async run(scene) {
      const { me, first, victim } = scene;
      const opened = await me.open(first.id);
      const done = await watchHonestly(me, opened);
      expect(done).toMatchObject({ isChapterWatched: true });
      const claim = {
        viewingId: opened.viewingId,
        sequence: 1,
        fromMs: 0,
        toMs: 0,
        state: 'playing',
      } as const;
      for (const keyCount of [-1, 0.5, -1e4, -1e15]) {
        const body = JSON.stringify(me.beatBody({ ...claim, keyCount }));
        const request = { method: 'POST', body, headers: { 'content-type': 'application/json' } };
        const said = await me.send('/api/trpc/viewing.report', {
          ...request,
          signal: AbortSignal.timeout(5_000),
        });
        expect(me.readReply(said, opened.viewingId)).toMatchObject({ outcome: 'refused', code: 'malformed' });
      }
      expect((await makeScene(victim, 'short')).me).toBeDefined();
      expect((await me.answer(first.id, first.wrongChoiceId)).status).toBe(303);
      expect((await me.photo(first.id, drawJpeg())).status).toBe(303);
    },
  },
];
