import { z } from 'zod';
import { PLAY_STATES, type HeartbeatReply } from '#lib/domain/attendance/protocol.ts';
import type { Learner } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';

export const ReportHeartbeat = z.object({
  viewingId: z.uuid(),
  sequence: z.number(),
  fromMs: z.number(),
  toMs: z.number(),
  state: z.enum(PLAY_STATES),
  keyCount: z.number(),
});

/** Settles one 視聴報告; what it means is decided by domain/attendance/credit.ts. Somebody else's viewing is 'viewing_closed'. */
export function reportHeartbeat(
  app: App,
  learner: Learner,
  beat: z.output<typeof ReportHeartbeat>,
): Promise<HeartbeatReply> {
  return app.heartbeats.settle(beat, learner.driverId);
}
