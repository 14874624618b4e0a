import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { enqueue } from '#lib/server/jobs/enqueue.ts';
import { holdWorkerLock } from '#lib/server/jobs/hold-worker-lock.ts';
import { releaseDeadWorkers, runDueJobs, startJobs } from '#lib/server/jobs/run-jobs.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

let test: TestApp;
beforeAll(async () => {
  test = await makeTestApp();
});
afterAll(() => test.close());

const NO_SUCH_VIDEO = { videoId: randomUUID() };
const jobs = async () => {
  const { rows } = await test.app.pool.query<{
    task: string;
    attempts: number;
    most: number;
    worker: string | null;
  }>(
    'select task_identifier as task, attempts, max_attempts as most, locked_by as worker from graphile_worker.jobs order by id',
  );
  return rows;
};
/** The queue takes a job away just after it was done. */
const noneIsLeft = () => vi.waitFor(async () => expect(await jobs()).toEqual([]), 10_000);
const ask = () => test.app.db.transaction().execute((trx) => enqueue(trx, 'transcodeVideo', NO_SUCH_VIDEO));

describe('a job', () => {
  it('is there when its transaction is committed', async () => {
    await ask();
    expect(await jobs()).toMatchObject([{ task: 'transcodeVideo', attempts: 0, most: 5 }]);
    await runDueJobs(test.app);
    await noneIsLeft();
  });

  it('is gone with its transaction', async () => {
    const broken = test.app.db.transaction().execute(async (trx) => {
      await enqueue(trx, 'transcodeVideo', NO_SUCH_VIDEO);
      throw new Error('something else went wrong');
    });
    await expect(broken).rejects.toThrow(/something else/);
    expect(await jobs()).toEqual([]);
  });
});

describe('a worker', () => {
  it('takes jobs as they come until it is stopped, and then none', async () => {
    const runner = await startJobs(test.app);
    await ask();
    await noneIsLeft();
    await runner.stop();
    await expect(runner.ended).resolves.toBeUndefined();
    await ask();
    expect(await jobs()).toMatchObject([{ attempts: 0, worker: null }]);
    await runDueJobs(test.app);
    await noneIsLeft();
  });

  it('keeps its jobs as long as it lives, and loses them when it dies', async () => {
    await ask();
    await test.app.pool.query(
      `update graphile_worker._private_jobs set locked_by = 'pool-one', locked_at = now() - interval '1 minute', attempts = 1`,
    );
    const die = await holdWorkerLock(test.app.pool, 'pool-one', () => undefined);
    expect(await releaseDeadWorkers(test.app)).toEqual([]);
    expect(await jobs()).toMatchObject([{ worker: 'pool-one' }]);

    die();
    await vi.waitFor(async () => expect(await releaseDeadWorkers(test.app)).toEqual(['pool-one']), 5_000);
    expect(await jobs()).toMatchObject([{ worker: null, attempts: 1 }]);
    await runDueJobs(test.app);
    await noneIsLeft();
  });

  it('is not taken for dead while it is only just starting', async () => {
    await ask();
    await test.app.pool.query(
      `update graphile_worker._private_jobs set locked_by = 'pool-two', locked_at = now()`,
    );
    expect(await releaseDeadWorkers(test.app)).toEqual([]);
  });
});
