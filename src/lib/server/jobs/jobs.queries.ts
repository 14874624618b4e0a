import { sql } from 'kysely';
import type { Database, DB, Transaction } from '../db/database.ts';

export async function appendJob(
  trx: Transaction<DB>,
  task: string,
  payload: object,
  options: {
    readonly maxAttempts: number;
    readonly key: string | null;
    /** Jobs of one queue are done one after the other. */
    readonly queue?: string | null;
    readonly runAt?: Date;
  },
): Promise<void> {
  await sql`
    select graphile_worker.add_job(
      ${task}::text, ${JSON.stringify(payload)}::json,
      queue_name => ${options.queue ?? null}::text, run_at => ${options.runAt ?? null}::timestamptz,
      max_attempts => ${options.maxAttempts}::integer, job_key => ${options.key}::text)`.execute(trx);
}

/** A job that runs loses its name and is not tried again. */
export async function deleteJob(trx: Transaction<DB>, key: string): Promise<void> {
  await sql`select graphile_worker.remove_job(${key}::text)`.execute(trx);
}

/**
 * Frees the jobs of workers that are gone. A living worker holds the advisory lock of its name (hold-worker-lock.ts), so a
 * name whose lock is free belongs to a dead one. Jobs taken in the last `graceMs` are left: their worker may be starting.
 */
export async function unlockJobsOfDeadWorkers(db: Database, graceMs: number): Promise<string[]> {
  return db.transaction().execute(async (trx) => {
    const { rows: holders } = await sql<{ worker: string }>`
      select distinct locked_by as worker from graphile_worker.jobs
       where locked_by is not null and locked_at < now() - ${graceMs} * interval '1 millisecond'`.execute(
      trx,
    );
    const dead: string[] = [];
    for (const { worker } of holders) {
      const { rows } = await sql<{ free: boolean }>`
        select pg_try_advisory_xact_lock(hashtextextended(${worker}, 0)) as free`.execute(trx);
      if (rows[0]?.free === true) dead.push(worker);
    }
    if (dead.length > 0) await sql`select graphile_worker.force_unlock_workers(${dead}::text[])`.execute(trx);
    return dead;
  });
}
