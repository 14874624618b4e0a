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
  settle(beat: Heartbeat, driverId: string): Promise<HeartbeatReply>;
}

/** At most one heartbeat of a viewing in a batch: the next one has to see what the first one changed. */
function takeBatch(queue: Waiting[]): Waiting[] {
  const seen = new Set<string>();
  const batch: Waiting[] = [];
  const rest: Waiting[] = [];
  for (const waiting of queue.splice(0)) {
    const isFree = batch.length < MAX_BATCH && !seen.has(waiting.beat.viewingId);
    seen.add(waiting.beat.viewingId);
    (isFree ? batch : rest).push(waiting);
  }
  queue.push(...rest);
  return batch;
}

const isDeadlock = (fault: unknown) =>
  fault instanceof Error && 'code' in fault && fault.code === DEADLOCK_DETECTED;

/** Another process may hold what a batch needs in the other order; the loser of a deadlock has changed nothing. */
async function retryDeadlock<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (fault) {
    if (!isDeadlock(fault)) throw fault;
    return act();
  }
}

export function createHeartbeatQueue(
  app: Pick<App, 'db' | 'clock' | 'config' | 'log' | 'keyRelease'>,
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
    settle: (beat, driverId) =>
      new Promise((answer, fail) => {
        queue.push({ beat, driverId, answer, fail });
        if (!isRunning) void run();
      }),
  };
}
