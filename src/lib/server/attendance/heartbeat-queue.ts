import type { Heartbeat, HeartbeatReply } from '#lib/domain/attendance/protocol.ts';
import type { App } from '../app.ts';
import { settleHeartbeats, type ReceivedHeartbeat } from './settle-heartbeats.ts';

const MAX_BATCH = 500;
const DEADLOCK_DETECTED = '40P01';

interface Waiting extends ReceivedHeartbeat {
  readonly answer: (reply: HeartbeatReply) => void;
  readonly fail: (fault: unknown) => void;
}

/** Heartbeats that arrive together are settled together: as soon as one commit returns, the next batch goes. */
export interface HeartbeatQueue {
  /** `sessionIdSha256` of the session that has to be alive still; null when it has just been looked up. */
  settle(beat: Heartbeat, driverId: string, sessionIdSha256?: string | null): Promise<HeartbeatReply>;
}

/**
 * At most one heartbeat of a person in a batch: the next one has to see what the first one changed, and a batch that held two
 * viewings of one chapter would wait for an opening that waits for it.
 */
function takeBatch(queue: Waiting[]): Waiting[] {
  const seen = new Set<string>();
  const batch: Waiting[] = [];
  const rest: Waiting[] = [];
  for (const waiting of queue.splice(0)) {
    const isFree = batch.length < MAX_BATCH && !seen.has(waiting.driverId);
    seen.add(waiting.driverId);
    (isFree ? batch : rest).push(waiting);
  }
  queue.push(...rest);
  return batch;
}

const isDeadlock = (fault: unknown) =>
  fault instanceof Error && 'code' in fault && fault.code === DEADLOCK_DETECTED;

const MAX_TRIES = 4;

/** Another process may hold what a batch needs in the other order; the loser of a deadlock has changed nothing. */
async function retryDeadlock<T>(act: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act();
    } catch (fault) {
      if (!isDeadlock(fault) || tries === MAX_TRIES) throw fault;
    }
  }
}

export function createHeartbeatQueue(
  app: Pick<App, 'db' | 'pool' | 'clock' | 'config' | 'log' | 'keyRelease'>,
): HeartbeatQueue {
  const queue: Waiting[] = [];
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    while (queue.length > 0) {
      const batch = takeBatch(queue);
      try {
        const replies = await retryDeadlock(() => settleHeartbeats(app, batch));
        for (const [index, reply] of replies.entries()) batch[index]!.answer(reply);
      } catch (fault) {
        app.log.error({ err: fault, heartbeats: batch.length }, 'a batch of heartbeats could not be settled');
        for (const waiting of batch) waiting.fail(fault);
      }
    }
    isRunning = false;
  }

  return {
    settle: (beat, driverId, sessionIdSha256 = null) =>
      new Promise((answer, fail) => {
        queue.push({ beat, driverId, sessionIdSha256, answer, fail });
        if (!isRunning) void run();
      }),
  };
}
