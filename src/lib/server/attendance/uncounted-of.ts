import type { HeartbeatDecision } from '#lib/domain/attendance/credit.ts';
import { isPresenceDue } from '#lib/domain/attendance/presence.ts';
import type { Heartbeat } from '#lib/domain/attendance/protocol.ts';
import { lostMedia } from '#lib/domain/attendance/uncounted.ts';
import type { AttendanceLimits } from '#lib/domain/limits.ts';
import type { LockedViewing } from './settlement.queries.ts';
import type { UncountedReport } from './uncounted.queries.ts';

type Reason = UncountedReport['reason'];

interface DecidedHeartbeat {
  readonly received: { readonly beat: Heartbeat };
  readonly viewing: LockedViewing;
  readonly decision: HeartbeatDecision;
}

/** A miss says itself what it made void; a viewing that ended with its chapter has nothing to lose. */
const CAUSES_OF_LOSS: ReadonlySet<string> = new Set<Reason>([
  'expired',
  'superseded',
  'pausedTooLong',
  'signedOut',
  'periodOver',
]);

const frameOf = ({ id, attendanceId, chapterId, now }: LockedViewing) => ({
  attendanceId,
  chapterId,
  viewingId: id,
  at: new Date(now),
});

/** Of a heartbeat that comes too late, or from a place that may not report any more: what it says was played and is not credited. */
export function uncountedOfRefused(
  viewing: LockedViewing,
  beat: Heartbeat,
  cause: string,
  limits: AttendanceLimits,
): UncountedReport | null {
  if (!CAUSES_OF_LOSS.has(cause)) return null;
  const media = lostMedia(viewing.credit, beat, limits);
  return media && { ...frameOf(viewing), reason: cause as Reason, isOver: true, media };
}

/** Of a heartbeat that the rule has decided about: what did not join, ran ahead, came too late or was none. */
export function uncountedOf(
  { viewing, decision, received: { beat } }: DecidedHeartbeat,
  limits: AttendanceLimits,
): UncountedReport | null {
  switch (decision.kind) {
    case 'repeated':
      return null;
    case 'lapsed':
      return uncountedOfRefused(viewing, beat, decision.reason, limits);
    case 'refused':
      return { ...frameOf(viewing), reason: decision.code, isOver: false, media: null };
    case 'credited': {
      const { uncounted, credit } = decision;
      // At a presence check nothing goes on yet; what was played beyond is counted when it is said again.
      if (uncounted === null || isPresenceDue(credit)) return null;
      const media = { fromMs: beat.toMs - uncounted.ms, toMs: beat.toMs };
      return { ...frameOf(viewing), reason: uncounted.reason, isOver: false, media };
    }
  }
}
