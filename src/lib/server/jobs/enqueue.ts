import type { DB, Transaction } from '../db/database.ts';
import { appendJob } from './jobs.queries.ts';
import { MAX_ATTEMPTS, type TaskName, type Tasks } from './tasks.ts';

/**
 * Asks the worker for something. Only inside a transaction: the state that needs the job and the job itself are
 * committed together or not at all.
 */
export async function enqueue<T extends TaskName>(
  trx: Transaction<DB>,
  task: T,
  payload: Tasks[T],
): Promise<void> {
  await appendJob(trx, task, payload, MAX_ATTEMPTS[task]);
}
