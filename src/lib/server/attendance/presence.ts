import { finishRun, type Lease } from '#lib/domain/attendance/credit.ts';
import {
  PRESENCE_EXTENSION_MS,
  type PresenceCheck,
  type PresenceDecision,
} from '#lib/domain/attendance/presence.ts';
import type { PresenceAsked } from '#lib/domain/attendance/protocol.ts';
import {
  appendLeaseEvents,
  appendWatchedIntervals,
  closeViewings,
  type Writer,
} from './heartbeat.queries.ts';
import {
  lockPresenceCheck,
  markPresenceAsked,
  markPresenceMissed,
  type PresenceRow,
} from './presence.queries.ts';

/** The viewing in which a check is due, or that was just opened on it. */
export interface AskedViewing {
  readonly id: string;
  readonly attendanceId: string;
  readonly chapterId: string;
  /** What it holds now; null when it is not there any more. */
  readonly lease: Lease | null;
}

/** `missed`: the chapter went back to `creditedMs`. */
export type PresenceOutcome =
  | { readonly kind: 'asked'; readonly presence: PresenceAsked }
  | { readonly kind: 'missed'; readonly creditedMs: number };

type Decide = (check: PresenceCheck) => PresenceDecision;

/** Ends the viewing at its last heartbeat, with its run in the ledger, and takes the chapter back to the last passed check. */
export async function missPresence(
  writer: Writer,
  check: PresenceRow,
  viewing: Pick<AskedViewing, 'id' | 'lease'> | null,
  nowMs: number,
): Promise<number> {
  const { attendanceId, chapterId, positionMs } = check;
  const viewingId = viewing?.id ?? null;
  const frame = { attendanceId, chapterId, viewingId, at: new Date(nowMs) };
  if (viewing?.lease) {
    const { lease, id } = viewing;
    const run = finishRun(lease.run);
    await closeViewings(writer, [{ viewing: { id }, at: lease.lastBeatAt, reason: 'presenceMissed' }]);
    if (run) await appendWatchedIntervals(writer, [{ attendanceId, chapterId, viewingId: id, run }]);
    await appendLeaseEvents(writer, [{ ...frame, kind: 'closed', reason: 'presenceMissed' }]);
  }
  const fromMs = await markPresenceMissed(writer, check);
  const detail = { fromMs, toMs: positionMs, ms: positionMs - fromMs };
  await appendLeaseEvents(writer, [{ ...frame, kind: 'presence', reason: 'missed', detail }]);
  return fromMs;
}

/**
 * What a check that is due comes to: it is asked now, waits for its answer, or has been missed. Writes it, in the transaction that holds
 * the chapter's row. Undefined when there is no such check.
 */
export async function facePresence(
  writer: Writer,
  viewing: AskedViewing,
  gateMs: number,
  nowMs: number,
  decide: Decide,
): Promise<PresenceOutcome | undefined> {
  const { attendanceId, chapterId, id: viewingId, lease } = viewing;
  const check = await lockPresenceCheck(writer, { attendanceId, chapterId, gateMs });
  if (!check) return undefined;
  const decision = decide(check);
  if (decision.kind === 'missed') {
    const live = lease && { id: viewingId, lease };
    return { kind: 'missed', creditedMs: await missPresence(writer, check, live, nowMs) };
  }
  const { id: checkId, answerMs, isExtended } = check;
  if (decision.kind === 'wait') {
    const { answerWithinMs } = decision;
    return { kind: 'asked', presence: { checkId, answerWithinMs, canExtend: !isExtended } };
  }
  await markPresenceAsked(writer, checkId, nowMs);
  const frame = { attendanceId, chapterId, viewingId, at: new Date(nowMs) };
  const detail = { positionMs: gateMs, answerMs, extensionMs: PRESENCE_EXTENSION_MS };
  await appendLeaseEvents(writer, [{ ...frame, kind: 'presence', reason: 'asked', detail }]);
  return { kind: 'asked', presence: { checkId, answerWithinMs: answerMs, canExtend: true } };
}
