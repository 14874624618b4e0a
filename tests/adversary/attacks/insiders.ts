import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { drawJpeg } from '../../support/photo.ts';
import { finishChapter, watchHonestly, type Attack, type Scene } from '../support/scene.ts';

const PHOTO = drawJpeg();

/** Somebody who owns the database takes the guard away that refuses changes of the ledger. */
async function tamper({ victim }: Scene, change: string): Promise<void> {
  const client = await victim.app.pool.connect();
  try {
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    await client.query(change);
    await client.query('commit');
  } catch (refused) {
    await client.query('rollback');
    throw refused;
  } finally {
    client.release();
  }
}

async function finishAll(scene: Scene): Promise<void> {
  await finishChapter(scene, scene.first, PHOTO);
  await finishChapter(scene, scene.second, PHOTO);
}

const ownRows = ({ learner }: Scene) =>
  `attendance_id in (select id from attendance where driver_id = '${learner.driverId}')`;

/** With the hands of the database's owner, or after its clock has gone on: what completion still finds. */
export const INSIDERS: readonly Attack[] = [
  {
    name: 'A row of the ledger is taken away, and the lecture is completed over the gap',
    happens: 'the database refuses the deletion; forced past it, completion is refused (`ledger_disagrees`)',
    lecture: 'short',
    async run(scene) {
      await finishAll(scene);
      const { pool } = scene.victim.app;
      const remove = `delete from watched_interval where id = (select max(id) from watched_interval where ${ownRows(scene)})`;
      await expect(pool.query(remove)).rejects.toThrow('append-only');
      await tamper(scene, remove);
      expect((await scene.me.survey()).code).toBe('ledger_disagrees');
    },
  },
  {
    name: 'The frontier is written forward in the database, and the rest of the lecture is taken',
    happens: 'question, photo and survey follow the frontier; completion does not (`ledger_disagrees`)',
    lecture: 'short',
    async run(scene) {
      const { me, first, second } = scene;
      const moveFrontier = (chapterId: string, ms: number) =>
        `update chapter_attendance set credited_ms = ${ms}, reported_ms = ${ms} where chapter_id = '${chapterId}' and ${ownRows(scene)}`;
      await watchHonestly(me, await me.open(first.id), { untilMs: 1_000 });
      await tamper(scene, moveFrontier(first.id, first.durationMs));
      await me.answer(first.id, first.rightChoiceId);
      await me.photo(first.id, PHOTO);
      await finishChapter(scene, second, PHOTO);
      expect((await me.survey()).code).toBe('ledger_disagrees');
      await tamper(scene, moveFrontier(first.id, 0));
    },
  },
  {
    name: 'An interval is stretched in the ledger so that media ran at double speed',
    happens: 'the database refuses the row; forced past it, completion is refused (`ledger_disagrees`)',
    lecture: 'short',
    async run(scene) {
      await finishAll(scene);
      const { pool } = scene.victim.app;
      const change = `update watched_interval set started_at = ended_at - interval '2 seconds' where id = (select max(id) from watched_interval where ${ownRows(scene)})`;
      await expect(pool.query(change)).rejects.toThrow('append-only');
      await expect(tamper(scene, change)).rejects.toThrow('check constraint');
      await tamper(
        scene,
        `update watched_interval set started_at = started_at - interval '6 seconds', ended_at = ended_at - interval '6 seconds' where id = (select max(id) from watched_interval where ${ownRows(scene)})`,
      );
      expect((await scene.me.survey()).code).toBe('ledger_disagrees');
    },
  },
  {
    name: 'Heartbeats go on, and viewings open, after the last day of the renewal period',
    happens: 'earn nothing (`not_eligible`), also in a viewing that was open at midnight',
    async run(scene) {
      const { victim, me, learner, first } = scene;
      const { viewingId } = await me.open(first.id);
      await wait(1_000);
      const claim = { viewingId, fromMs: 0, state: 'playing' } as const;
      const { creditedMs } = await me.beat({ ...claim, sequence: 1, toMs: 900 });
      await victim.app.pool.query(
        `update attendance set period_start = current_date - 60, period_end = current_date - 2 where driver_id = '${learner.driverId}'`,
      );
      await wait(1_000);
      expect(await me.beat({ ...claim, sequence: 2, toMs: 5_000 })).toEqual({
        outcome: 'refused',
        code: 'not_eligible',
        creditedMs,
      });
      expect(await me.tryOpen(first.id)).toBe('not_eligible');
    },
  },
  {
    name: 'The record has been voided, and the lecture is to be taken once more',
    happens: 'refused (`attendance_complete`, `viewing_closed`): a void record is not made good by watching',
    lecture: 'short',
    isCompleted: true,
    async run(scene) {
      const { victim, me, learner, first, second } = scene;
      await finishChapter(scene, first, PHOTO);
      const opened = await me.open(second.id);
      await watchHonestly(me, opened);
      await me.answer(second.id, second.rightChoiceId);
      await me.photo(second.id, PHOTO);
      await me.survey();
      await victim.app.pool.query(
        `update completion_record set state = 'voided' where driver_id = '${learner.driverId}'`,
      );
      expect(await me.tryOpen(second.id)).toBe('attendance_complete');
      const late = {
        viewingId: opened.viewingId,
        sequence: 1_000,
        fromMs: 0,
        toMs: 4_000,
        state: 'playing',
      } as const;
      expect(await me.beat(late)).toMatchObject({ outcome: 'refused' });
      expect((await me.survey()).code).toBe('attendance_complete');
      expect((await me.consent()).status).toBe(303);
      expect(await me.tryOpen(first.id)).toBe('attendance_complete');
    },
  },
];
