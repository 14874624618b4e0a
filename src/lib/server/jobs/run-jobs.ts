import { EventEmitter } from 'node:events';
import {
  Logger,
  parseCronItems,
  run,
  runOnce,
  type Runner,
  type Task,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import type { App } from '../app.ts';
import { handlers } from './handlers.ts';
import { holdWorkerLock } from './hold-worker-lock.ts';
import { unlockJobsOfDeadWorkers } from './jobs.queries.ts';
import { LANES, MAX_ATTEMPTS, SCHEDULE, type TaskName } from './tasks.ts';

const LEVELS = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const;
const DEAD_WORKER_GRACE_MS = 15_000;
// A transcoding cannot be waited for: it is stopped at once and begun again by the next worker.
const ABORT_AFTER_MS = 100;

function taskFor(app: App, name: TaskName): Task {
  return async (payload, { abortSignal, job }) => {
    const isLast = job.attempts >= job.max_attempts;
    // Only enqueue() and the schedule write payloads, and their type is the handler's.
    await handlers[name](app, payload as never, { signal: abortSignal, isLast });
  };
}

const optionsFor = (app: App, tasks: readonly TaskName[]) => ({
  pgPool: app.pool,
  taskList: Object.fromEntries(tasks.map((name) => [name, taskFor(app, name)])) satisfies TaskList,
  concurrency: 1,
  noHandleSignals: true,
  preset: { worker: { gracefulShutdownAbortTimeout: ABORT_AFTER_MS } },
  logger: new Logger((scope) => (level, message) => app.log[LEVELS[level]]({ scope }, message)),
});

/** Frees the jobs that dead workers hold; answers those workers' names. Holds younger than `graceMs` are left alone. */
export async function releaseDeadWorkers(app: App, graceMs = DEAD_WORKER_GRACE_MS): Promise<string[]> {
  const dead = await unlockJobsOfDeadWorkers(app.db, graceMs);
  if (dead.length > 0) app.log.warn({ workers: dead }, 'jobs of workers that are gone were freed');
  return dead;
}

async function startLane(app: App, tasks: readonly TaskName[], onLost: () => void) {
  const events: WorkerEvents = new EventEmitter();
  const locks: Promise<() => void>[] = [];
  events.on('pool:create', ({ workerPool }) => locks.push(holdWorkerLock(app.pool, workerPool.id, onLost)));
  const parsedCronItems = parseCronItems(
    SCHEDULE.filter(([, task]) => tasks.includes(task)).map(([match, task]) => ({
      task,
      match,
      options: { maxAttempts: MAX_ATTEMPTS[task] },
    })),
  );
  const runner: Runner = await run({ ...optionsFor(app, tasks), parsedCronItems, events });
  return { runner, unlock: await Promise.all(locks) };
}

export interface JobRunner {
  /** Settles when the runner has ended; rejected when it ended by itself. */
  readonly ended: Promise<void>;
  /** Takes no more jobs, stops those that run (they will be tried again), and ends. */
  stop(): Promise<void>;
}

/** Runs jobs until it is stopped. Several processes on several machines may. */
export async function startJobs(app: App): Promise<JobRunner> {
  const lost = Promise.withResolvers<never>();
  const onLost = () => lost.reject(new Error('the connection that says that this worker lives was lost'));
  const lanes = await Promise.all(LANES.map((tasks) => startLane(app, tasks, onLost)));

  const sweep = () =>
    releaseDeadWorkers(app).catch((fault: unknown) =>
      app.log.error({ err: fault }, 'dead workers could not be looked for'),
    );
  const timer = setInterval(() => void sweep(), DEAD_WORKER_GRACE_MS);
  void sweep();

  const finished = Promise.all(lanes.map(({ runner }) => runner.promise)).then(() => undefined);
  // Another worker takes the jobs over now: these must stop, whether or not the queue can still be told.
  lost.promise.catch(() => {
    for (const { runner } of lanes) runner.stop().catch(() => undefined);
  });
  const ended = Promise.race([finished, lost.promise]).finally(() => {
    clearInterval(timer);
    for (const { unlock } of lanes) for (const giveUp of unlock) giveUp();
  });
  return {
    ended,
    async stop() {
      await Promise.all(lanes.map(({ runner }) => runner.stop()));
      await ended;
    },
  };
}

/** Runs every job that is due, and returns. For tests and seeds. */
export async function runDueJobs(app: App): Promise<void> {
  for (const tasks of LANES) await runOnce(optionsFor(app, tasks));
}
