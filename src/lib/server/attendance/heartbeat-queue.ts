import type { Heartbeat, HeartbeatReply } from '#lib/domain/attendance/protocol.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { retryConflict } from '../db/retry-conflict.ts';
import { settleHeartbeats, type ReceivedHeartbeat } from './settle-heartbeats.ts';

const MAX_BATCH = 500;

interface Waiting extends ReceivedHeartbeat {
  readonly answer: (reply: HeartbeatReply) => void;
  readonly fail: (fault: unknown) => void;
}

/** Heartbeats that arrive together are settled together: as soon as one commit returns, the next batch goes. */
export interface HeartbeatQueue {
  /**
   * Refused: `too_many_requests`, when as many of this person's heartbeats are still unanswered as no honest player would ever leave.
   * `sessionIdSha256` of the session that has to be alive still; null when it has just been looked up.
   */
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

export function createHeartbeatQueue(
  app: Pick<App, 'db' | 'pool' | 'clock' | 'config' | 'log' | 'keyRelease'>,
): HeartbeatQueue {
  const queue: Waiting[] = [];
  /** How many of a person are unanswered; nobody is in it who waits for nothing. */
  const unanswered = new Map<string, number>();
  let isRunning = false;

  function answered({ driverId }: Waiting): void {
    const left = unanswered.get(driverId)! - 1;
    if (left === 0) unanswered.delete(driverId);
    else unanswered.set(driverId, left);
  }

  async function run(): Promise<void> {
    isRunning = true;
    while (queue.length > 0) {
      const batch = takeBatch(queue);
      try {
        const replies = await retryConflict(() => settleHeartbeats(app, batch));
        batch.forEach((waiting, index) => {
          answered(waiting);
          waiting.answer(replies[index]!);
        });
      } catch (fault) {
        app.log.error({ err: fault, heartbeats: batch.length }, 'a batch of heartbeats could not be settled');
        for (const waiting of batch) {
          answered(waiting);
          waiting.fail(fault);
        }
      }
    }
    isRunning = false;
  }

  return {
    settle: (beat, driverId, sessionIdSha256 = null) =>
      new Promise((answer, fail) => {
        const waiting = unanswered.get(driverId) ?? 0;
        if (waiting >= LIMITS.heartbeatsUnansweredPerPerson) {
          fail(new Refusal('too_many_requests', { minutes: 1 }));
          return;
        }
        unanswered.set(driverId, waiting + 1);
        queue.push({ beat, driverId, sessionIdSha256, answer, fail });
        if (!isRunning) void run();
      }),
  };
}
