import type { Heartbeat, HeartbeatReply } from '#lib/domain/attendance/protocol.ts';
import type { MediaInterval } from '#lib/domain/attendance/range.ts';

/** So many answers without progress after the end mean that something before the end was not counted. */
const MAX_IDLE_CONFIRMATIONS = 5;

/** What to do about what an answer did not count: nothing, say this run again with the next heartbeat, or play it again. */
export type Remedy = 'none' | 'playAgain' | { readonly sayAgain: MediaInterval };

/** Reads in each answer whether what was said counts, or will; so that nobody waits at the end for what never comes. */
export class RemedyFinder {
  #idleConfirmations = 0;
  #creditedMs = 0;

  read(
    said: Heartbeat,
    reply: Extract<HeartbeatReply, { outcome: 'credited' }>,
    isConfirming: boolean,
  ): Remedy {
    const hasGrown = reply.creditedMs > this.#creditedMs;
    this.#creditedMs = reply.creditedMs;
    this.#idleConfirmations = isConfirming && !hasGrown ? this.#idleConfirmations + 1 : 0;
    const { reason, ms } = reply.uncounted ?? { reason: null, ms: 0 };
    if (this.#idleConfirmations >= MAX_IDLE_CONFIRMATIONS || (reason === 'not_contiguous' && ms > 0)) {
      this.#idleConfirmations = 0;
      return 'playAgain';
    }
    // Further ahead of the credit than can be believed yet: the credit moves on with the clock, and then it can.
    if (reason !== 'beyond_released' || ms === 0) return 'none';
    return { sayAgain: { fromMs: Math.max(said.fromMs, said.toMs - ms), toMs: said.toMs } };
  }
}
