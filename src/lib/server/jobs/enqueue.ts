import type { DB, Transaction } from '../db/database.ts';
import { appendJob, deleteJob } from './jobs.queries.ts';
import { jobKey, MAX_ATTEMPTS, type TaskName, type Tasks } from './tasks.ts';

/**
 * Asks the worker for something. Only inside a transaction: the state that needs the job and the job itself are
 * committed together or not at all.
 */
export async function enqueue<T extends TaskName>(
  trx: Transaction<DB>,
  task: T,
  payload: Tasks[T],
): Promise<void> {
  await appendJob(trx, task, payload, { maxAttempts: MAX_ATTEMPTS[task], key: jobKey(payload) });
}

/** Asks for a push to a partner, not before `runAt`; his pushes wait for each other, so that events arrive in order. */
export async function enqueuePush(trx: Transaction<DB>, partnerId: string, runAt: Date): Promise<void> {
  const payload: Tasks['pushEvents'] = { partnerId };
  const key = jobKey(payload);
  await appendJob(trx, 'pushEvents', payload, {
    ...{ maxAttempts: MAX_ATTEMPTS.pushEvents, key, queue: key, runAt },
  });
}

/** Takes back what was asked for about a video, whoever is at it. Only inside a transaction. */
export async function withdraw(trx: Transaction<DB>, payload: Tasks['transcodeVideo']): Promise<void> {
  const key = jobKey(payload);
  if (key !== null) await deleteJob(trx, key);
}
