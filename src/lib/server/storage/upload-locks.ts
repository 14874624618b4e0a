import { setTimeout as pause } from 'node:timers/promises';
import { ERRORS, type Lock, type Locker, type RequestRelease } from '@tus/server';
import type pg from 'pg';

const CHANNEL = 'koshu_upload';
const POLL_MS = 100;
const TIMEOUT_MS = 30_000;

/** Who writes an upload, among all processes. */
export interface UploadLocks extends Locker {
  /** Undefined when somebody has the upload. Otherwise call what it resolves to, once, when done. */
  tryTake(uploadId: string, onAsked?: RequestRelease): Promise<(() => Promise<void>) | undefined>;
}

interface Line {
  readonly client: pg.PoolClient;
  readonly close: () => void;
}

/**
 * Locks of uploads that hold between processes: PostgreSQL's advisory locks, on one connection while any is held, which go when
 * the process does, however it does. Who wants a lock asks its holder, here or in another process, to let go: the holder is
 * most often a connection that has died and does not know it. When the connection breaks, every holder is told to stop.
 */
export function createUploadLocks(pool: pg.Pool): UploadLocks {
  const held = new Map<string, RequestRelease>();
  let users = 0;
  let line: Promise<Line> | null = null;

  async function openLine(): Promise<Line> {
    const client = await pool.connect();
    const onNotice = ({ payload = '' }: pg.Notification) => void held.get(payload)?.();
    const close = () => {
      client.off('notification', onNotice);
      client.off('error', onLost);
      client.release(true); // ends the session, and every lock with it
    };
    const onLost = () => {
      line = null;
      close();
      for (const letGo of held.values()) void letGo();
    };
    client.on('notification', onNotice);
    client.on('error', onLost);
    await client.query(`listen ${CHANNEL}`);
    return { client, close };
  }

  async function enter(): Promise<Line> {
    users += 1;
    try {
      return await (line ??= openLine());
    } catch (error) {
      line = null;
      users -= 1;
      throw error;
    }
  }

  async function leave(): Promise<void> {
    users -= 1;
    if (users > 0 || !line) return;
    const closing = line;
    line = null;
    (await closing).close();
  }

  async function release(uploadId: string, { client }: Line): Promise<void> {
    held.delete(uploadId);
    // On a connection that broke there is no lock left to give back.
    await client
      .query('select pg_advisory_unlock(hashtextextended($1, 0))', [`upload:${uploadId}`])
      .catch(() => undefined);
    await leave();
  }

  async function tryTake(uploadId: string, onAsked: RequestRelease = () => undefined) {
    if (held.has(uploadId)) return undefined;
    held.set(uploadId, onAsked);
    const giveBack = () => held.delete(uploadId);
    let opened: Line;
    try {
      opened = await enter();
    } catch (error) {
      giveBack();
      throw error;
    }
    try {
      const { rows } = await opened.client.query<{ taken: boolean }>(
        'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
        [`upload:${uploadId}`],
      );
      if (rows[0]?.taken === true) return () => release(uploadId, opened);
    } catch (error) {
      giveBack();
      await leave();
      throw error;
    }
    giveBack();
    await leave();
    return undefined;
  }

  async function askHolder(uploadId: string): Promise<void> {
    const here = held.get(uploadId);
    if (here) await here();
    else await pool.query('select pg_notify($1, $2)', [CHANNEL, uploadId]);
  }

  function newLock(uploadId: string): Lock {
    let giveBack: (() => Promise<void>) | undefined;
    return {
      async lock(signal, onAsked) {
        const deadline = performance.now() + TIMEOUT_MS;
        for (;;) {
          if (signal.aborted) throw ERRORS.ABORTED;
          giveBack = await tryTake(uploadId, onAsked);
          if (giveBack) return;
          if (performance.now() > deadline) throw ERRORS.ERR_LOCK_TIMEOUT;
          await askHolder(uploadId);
          await pause(POLL_MS);
        }
      },
      async unlock() {
        await giveBack?.();
        giveBack = undefined;
      },
    };
  }
  return { newLock, tryTake };
}
