import type pg from 'pg';

/**
 * Says that this worker lives, for as long as its connection does: PostgreSQL lets the lock go when the process dies,
 * however it dies. Resolves to what gives it up. `onLost` is called when the connection breaks.
 */
export async function holdWorkerLock(pool: pg.Pool, worker: string, onLost: () => void): Promise<() => void> {
  const client = await pool.connect();
  client.on('error', onLost);
  await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [worker]);
  return () => {
    client.off('error', onLost);
    client.release(true); // ends the session, and the lock with it
  };
}
