import { EventEmitter } from 'node:events';
import { Logger, run, runOnce, type Task, type TaskList, type WorkerEvents } from 'graphile-worker';
import type { App } from '../app.ts';
import { handlers } from './handlers.ts';
import { holdWorkerLock } from './hold-worker-lock.ts';
import { unlockJobsOfDeadWorkers } from './jobs.queries.ts';
import { MAX_ATTEMPTS, SCHEDULE } from './tasks.ts';

const LEVELS = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const;
const DEAD_WORKER_GRACE_MS = 15_000;
const POLL_MS = 2_000;
// A transcoding cannot be waited for: it is stopped at once and begun again by the next worker.
const ABORT_AFTER_MS = 100;

const CRONTAB = SCHEDULE.map(([when, task]) => `${when} ${task} ?max=${MAX_ATTEMPTS[task]}`).join('\n');

function tasksOf(app: App): TaskList {
  const entries = Object.entries(handlers).map(([name, handle]): [string, Task] => [
    name,
    async (payload, { abortSignal, job }) => {
      const isLast = job.attempts >= job.max_attempts;
      // Only enqueue() writes payloads, and its type is the handler's.
      await handle(app, payload as never, { signal: abortSignal, isLast });
    },
  ]);
  return Object.fromEntries(entries);
}

const optionsFor = (app: App) => ({
  pgPool: app.pool,
  taskList: tasksOf(app),
  concurrency: 1,
  noHandleSignals: true,
  logger: new Logger((scope) => (level, message) => app.log[LEVELS[level]]({ scope }, message)),
});

export interface JobRunner {
  /** Settles when the runner has ended; rejected when it ended by itself. */
  readonly ended: Promise<void>;
  /** Takes no more jobs, stops the one that runs (it will be tried again), and ends. */
  stop(): Promise<void>;
}

/** Frees the jobs that dead workers hold; returns the names of those workers. `graceMs` is how young a hold is left alone. */
export async function releaseDeadWorkers(app: App, graceMs = DEAD_WORKER_GRACE_MS): Promise<string[]> {
  const dead = await unlockJobsOfDeadWorkers(app.db, graceMs);
  if (dead.length > 0) app.log.warn({ workers: dead }, 'jobs of workers that are gone were freed');
  return dead;
}

/** Runs jobs, one at a time, until it is stopped. Several processes on several machines may. */
export async function startJobs(app: App): Promise<JobRunner> {
  const events: WorkerEvents = new EventEmitter();
  const locks: Promise<() => void>[] = [];
  const lost = Promise.withResolvers<never>();
  const onLost = () => lost.reject(new Error('the connection that says that this worker lives was lost'));
  events.on('pool:create', ({ workerPool }) => locks.push(holdWorkerLock(app.pool, workerPool.id, onLost)));

  const preset = { worker: { gracefulShutdownAbortTimeout: ABORT_AFTER_MS, pollInterval: POLL_MS } };
  const runner = await run({ ...optionsFor(app), crontab: CRONTAB, events, preset });
  const unlock = await Promise.all(locks);

  const sweep = () =>
    releaseDeadWorkers(app).catch((fault: unknown) => app.log.error({ err: fault }, 'dead workers could not be looked for'));
  const timer = setInterval(() => void sweep(), DEAD_WORKER_GRACE_MS);
  void sweep();

  const ended = Promise.race([runner.promise, lost.promise]).finally(() => {
    clearInterval(timer);
    for (const giveUp of unlock) giveUp();
  });
  return {
    ended,
    async stop() {
      await runner.stop();
      await ended;
    },
  };
}

/** Runs every job that is due, and returns. For tests and seeds. */
export async function runDueJobs(app: App): Promise<void> {
  await runOnce(optionsFor(app));
}
