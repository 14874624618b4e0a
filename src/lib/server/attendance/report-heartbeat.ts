import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import { PLAY_STATES, type HeartbeatReply } from '#lib/domain/attendance/protocol.ts';
import type { Learner } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { hashOfToken } from '../sessions/lucia.ts';
import type { Viewer } from './viewing-token.ts';

export const ReportHeartbeat = z.object({
  viewingId: z.uuid(),
  sequence: z.number(),
  fromMs: z.number(),
  toMs: z.number(),
  state: z.enum(PLAY_STATES),
  // How far back keys are asked for; the rule never sees the heartbeat that is only answered again.
  keyCount: z.int().nonnegative(),
  /** From the answer to `viewing.open` or to an earlier heartbeat. Without it the session is looked up. */
  token: z.string().max(LIMITS.viewingTokenMaxLength).optional(),
});

type Report = z.output<typeof ReportHeartbeat>;

/** With a new token when it is time for one. */
export type ReportReply = HeartbeatReply & { readonly token?: string };

/** Settles one 視聴報告; what it means is decided by domain/attendance/credit.ts. Somebody else's viewing is 'viewing_closed'. */
export async function reportHeartbeat(
  app: App,
  { driverId, sessionIdSha256 }: Learner,
  beat: Report,
): Promise<ReportReply> {
  const reply = await app.heartbeats.settle(beat, driverId);
  if (reply.outcome === 'refused') return reply;
  const { viewingId } = beat;
  return { ...reply, token: app.viewingTokens.sign({ viewingId, driverId, sessionIdSha256 }) };
}

/** Who says that he reports this, by the token that came with it; null when his session has to be looked up. */
export function identifyViewer(
  { viewingTokens }: Pick<App, 'viewingTokens'>,
  sessionToken: string | undefined,
  { token, viewingId }: Report,
): Viewer | null {
  if (token === undefined || sessionToken === undefined) return null;
  return viewingTokens.read(token, viewingId, hashOfToken(sessionToken));
}

/** The same for a viewer who is known by his token: refused as 'not_signed_in' when his session has ended meanwhile. */
export async function reportAsViewer(
  app: Pick<App, 'heartbeats' | 'viewingTokens'>,
  viewer: Viewer,
  beat: Report,
): Promise<ReportReply> {
  const reply = await app.heartbeats.settle(beat, viewer.driverId, viewer.sessionIdSha256);
  const isDue = reply.outcome === 'credited' && app.viewingTokens.isAging(beat.token ?? '');
  return isDue ? { ...reply, token: app.viewingTokens.sign(viewer) } : reply;
}
