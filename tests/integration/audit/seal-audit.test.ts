import { Kysely, PostgresDialect } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '#lib/server/app.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { getHead, sealAudit } from '#lib/server/audit/seal-audit.ts';
import { verifyAudit } from '#lib/server/audit/verify-audit.ts';
import { runDueJobs } from '#lib/server/jobs/run-jobs.ts';
import { up as migrateTrail } from '../../../migrations/0020_trail.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

let test: TestApp;
let app: App;
beforeAll(async () => {
  test = await makeTestApp();
  app = test.app;
});
afterAll(() => test.close());

const append = (what: string) => appendAudit(app.db, 'system', { what });

async function isWhole(count: number): Promise<void> {
  expect(await verifyAudit(app)).toMatchObject({
    kind: 'whole',
    head: { position: count },
    unsealedCount: 0,
  });
}
async function countEvents(): Promise<number> {
  const { rows } = await app.pool.query<{ count: number }>('select count(*)::int as count from audit_event');
  return rows[0]!.count;
}

it('begins with the events that were there before it, in the order of their ids', async () => {
  await app.pool.query(`
    drop table audit_seal, audit_unsealed, look_reason;
    drop trigger audit_event_unsealed on audit_event;
    drop index audit_event_officer;
    drop function note_unsealed, audit_field, audit_canonical, seal_audit;
    insert into audit_event (actor_kind, what) select 'system', 'before.chain' from generate_series(1, 30);
  `);
  await migrateTrail(new Kysely<unknown>({ dialect: new PostgresDialect({ pool: app.pool }) }));
  await isWhole(30);
  const { rows } = await app.pool.query(
    'select 1 from audit_seal a join audit_seal b on a.position < b.position where a.event_id > b.event_id',
  );
  expect(rows).toEqual([]);
});

describe('sealing', () => {
  it('makes one chain of what twenty write at once while several seal, and leaves out what was rolled back', async () => {
    const before = await countEvents();
    const writers = Array.from({ length: 20 }, (_, writer) =>
      app.db
        .transaction()
        .execute(async (trx) => {
          for (let n = 0; n < 5; n += 1) await appendAudit(trx, 'system', { what: `writer.${writer}` });
          if (writer % 4 === 0) throw new Error('rolled back');
        })
        .catch(() => undefined),
    );
    const sealers = Array.from({ length: 5 }, () => sealAudit(app));
    await Promise.all([...writers, ...sealers]);
    await sealAudit(app);
    expect(await countEvents()).toBe(before + 75);
    await isWhole(before + 75);
  });

  it('waits for no transaction that is still open, and takes its events when they are there', async () => {
    const before = await countEvents();
    const slow = await app.pool.connect();
    await slow.query('begin');
    await slow.query(`insert into audit_event (actor_kind, what) values ('system', 'slow.began')`);
    await append('quick.done');
    expect(await sealAudit(app)).toBe(1);
    await append('quick.done');
    expect(await sealAudit(app)).toBe(1);
    await slow.query('commit');
    slow.release();
    expect(await sealAudit(app)).toBe(1);
    await isWhole(before + 3);
    const { rows } = await app.pool.query<{ what: string }>(
      'select what from audit_seal join audit_event on id = event_id order by position desc limit 1',
    );
    expect(rows[0]?.what).toBe('slow.began');
  });

  it('keeps nobody waiting who appends', async () => {
    const sealer = await app.pool.connect();
    await append('before.sealing');
    await sealer.query('begin');
    await sealer.query('select seal_audit(1000)');
    await append('while.sealing');
    expect(await sealAudit(app)).toBe(0);
    await sealer.query('commit');
    sealer.release();
    expect(await sealAudit(app)).toBe(1);
    await isWhole(await countEvents());
  });

  it('is killed in the middle, and nothing is half done', async () => {
    for (let n = 0; n < 50; n += 1) await append('before.death');
    const head = await getHead(app);
    const victim = await app.pool.connect();
    const died = new Promise<void>((resolve) => victim.once('error', () => resolve()));
    const { rows } = await victim.query<{ pid: number }>('select pg_backend_pid() as pid');
    await victim.query('begin');
    await victim.query('select seal_audit(20)');
    await app.pool.query('select pg_terminate_backend($1, 10000)', [rows[0]!.pid]);
    await died;
    victim.release(true);
    expect(await getHead(app)).toEqual(head);
    expect(await sealAudit(app)).toBe(50);
    await isWhole(await countEvents());
  });

  it('is done by the worker, in as many batches as it takes', async () => {
    await app.pool.query(
      `insert into audit_event (actor_kind, what) select 'system', 'many.events' from generate_series(1, 2500)`,
    );
    await app.pool.query(`select graphile_worker.add_job('sealAudit')`);
    await runDueJobs(app);
    await isWhole(await countEvents());
  });
});
