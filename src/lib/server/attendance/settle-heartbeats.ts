import { releasedMs, settleHeartbeat, type HeartbeatDecision } from '#lib/domain/attendance/credit.ts';
import type { Heartbeat, HeartbeatReply, KeyGrant } from '#lib/domain/attendance/protocol.ts';
import { isPresenceDue, settlePresence, type PresenceCheck } from '#lib/domain/attendance/presence.ts';
import type { RefusalCode } from '#lib/domain/refusal.ts';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import type { App } from '../app.ts';
import {
  appendLeaseEvents,
  appendWatchedIntervals,
  closeViewings,
  type LeaseEvent,
  type BatchWriter,
} from './heartbeat.queries.ts';
import { facePresence, type PresenceOutcome } from './presence.ts';
import { inOneCommit, lockViewings, updateCredited, type LockedViewing } from './settlement.queries.ts';
import { appendUncounted, type UncountedReport } from './uncounted.queries.ts';
import { uncountedOf, uncountedOfRefused } from './uncounted-of.ts';

/** A heartbeat and whose it is. */
export interface ReceivedHeartbeat {
  readonly beat: Heartbeat;
  readonly driverId: string;
  /** The session that has to be alive for it to count; null when that has just been looked up. */
  readonly sessionIdSha256: string | null;
}

type SettlementScope = Pick<App, 'db' | 'pool' | 'clock' | 'config' | 'keyRelease'>;

type Settled = {
  received: ReceivedHeartbeat;
  viewing: LockedViewing;
  decision: HeartbeatDecision;
  /** When the credit stands at a presence check. */
  presence?: PresenceOutcome | undefined;
};

/** One that the rule was not asked about; of a viewing that is known, with what was not counted of it. */
interface Declined {
  readonly reply: HeartbeatReply;
  readonly uncounted: UncountedReport | null;
}

const CLOSED_CODES: Partial<Record<string, RefusalCode>> = {
  superseded: 'viewing_superseded',
  expired: 'viewing_expired',
  pausedTooLong: 'viewing_expired',
  presenceMissed: 'presence_missed',
};

const idsOf = ({ id, attendanceId, chapterId }: LockedViewing) => ({
  attendanceId,
  chapterId,
  viewingId: id,
});

/** What the ledger remembers of a heartbeat beside the credit: gates and closings. */
function eventsOf({ viewing, decision }: Settled): LeaseEvent[] {
  if (decision.kind !== 'lapsed' && !('isChapterWatched' in decision && decision.isChapterWatched)) return [];
  const frame = { ...idsOf(viewing), at: new Date(viewing.now) };
  return decision.kind === 'lapsed'
    ? [{ ...frame, kind: 'closed', reason: decision.reason }]
    : [{ ...frame, kind: 'gate', reason: 'chapterWatched' }];
}

async function writeDecisions(writer: BatchWriter, settled: readonly Settled[]): Promise<void> {
  await updateCredited(
    writer.client,
    writer.db,
    settled.flatMap(({ viewing, decision }) => (decision.kind === 'credited' ? [{ viewing, decision }] : [])),
  );
  await closeViewings(
    writer,
    settled.flatMap(({ viewing, decision }) =>
      decision.kind === 'lapsed' ? [{ viewing, at: viewing.lease.lastBeatAt, reason: decision.reason }] : [],
    ),
  );
  await appendWatchedIntervals(
    writer,
    settled.flatMap(({ viewing, decision }) =>
      'closedRun' in decision && decision.closedRun ? [{ ...idsOf(viewing), run: decision.closedRun }] : [],
    ),
  );
  await appendLeaseEvents(writer, settled.flatMap(eventsOf));
}

/** Rare: only who stands at a presence check costs more than the batch. */
async function facePresences(writer: BatchWriter, settled: readonly Settled[]): Promise<void> {
  for (const entry of settled) {
    const { viewing, decision } = entry;
    if (decision.kind !== 'credited' && decision.kind !== 'repeated') continue;
    const { credit, lease } = decision.kind === 'credited' ? decision : viewing;
    if (!isPresenceDue(credit)) continue;
    const asked = { ...idsOf(viewing), id: viewing.id, lease };
    const decide = (check: PresenceCheck) => settlePresence(check, viewing.now);
    entry.presence = await facePresence(writer, asked, credit.gateMs!, viewing.now, decide);
  }
}

const refuse = (code: RefusalCode, creditedMs: number): HeartbeatReply => ({
  outcome: 'refused',
  code,
  creditedMs,
});

/** What holds now, for a heartbeat that was credited or had been answered before. */
function describe(
  { received: { beat }, viewing, decision, presence }: Settled,
  released: number,
  grant: KeyGrant,
): HeartbeatReply {
  const { creditedMs, durationMs } = decision.kind === 'credited' ? decision.credit : viewing.credit;
  return {
    outcome: 'credited',
    sequence: beat.sequence,
    creditedMs,
    releasedMs: released,
    grant,
    isChapterWatched: creditedMs === durationMs,
    uncounted: decision.kind === 'credited' ? decision.uncounted : null,
    ...(presence?.kind === 'asked' && { presence: presence.presence }),
  };
}

/** At once, except for the first heartbeat of a chapter in this process: its keys have to be fetched. */
function answer(app: SettlementScope, settled: Settled): HeartbeatReply | Promise<HeartbeatReply> {
  const { decision, viewing, received } = settled;
  if (decision.kind === 'refused') return refuse(decision.code, viewing.credit.creditedMs);
  if (settled.presence?.kind === 'missed') return refuse('presence_missed', settled.presence.creditedMs);
  if (decision.kind === 'lapsed') return refuse('viewing_expired', viewing.credit.creditedMs);
  const credit = decision.kind === 'credited' ? decision.credit : viewing.credit;
  const released = releasedMs(credit, app.config.attendanceLimits);
  const grant = app.keyRelease.grant(viewing.videoId, released, received.beat.keyCount);
  return grant instanceof Promise
    ? grant.then((keys) => describe(settled, released, keys))
    : describe(settled, released, grant);
}

/** The rule for one heartbeat, or why it is not asked. */
function judge(
  app: SettlementScope,
  received: ReceivedHeartbeat,
  viewing: LockedViewing | undefined,
): Settled | Declined {
  const { beat, driverId, sessionIdSha256 } = received;
  if (viewing?.driverId !== driverId) return { reply: refuse('viewing_closed', 0), uncounted: null };
  const { lease, credit, now, closeReason } = viewing;
  const { attendanceLimits } = app.config;
  const decline = (code: RefusalCode, cause: string = closeReason ?? code): Declined => ({
    reply: refuse(code, credit.creditedMs),
    uncounted: uncountedOfRefused(viewing, beat, cause, attendanceLimits),
  });
  if (sessionIdSha256 !== null && !viewing.isSignedIn) return decline('not_signed_in', 'signedOut');
  if (closeReason !== null) {
    // The heartbeat that finished its chapter may be repeated because its answer was lost.
    if (closeReason === 'chapterDone' && beat.sequence <= lease.sequence) {
      return { received, viewing, decision: { kind: 'repeated' } };
    }
    return decline(CLOSED_CODES[closeReason] ?? 'viewing_closed');
  }
  // Nothing is watched for a renewal period after its last day, not even in a viewing that was opened before midnight.
  if (tokyoDate(new Date(now)) > viewing.periodEnd) return decline('not_eligible', 'periodOver');
  const decision = settleHeartbeat(lease, credit, beat, now, attendanceLimits);
  return { received, viewing, decision };
}

/**
 * Settles heartbeats of different viewings in one transaction and one order of locks. The replies stand in the order of the
 * batch and are made after the commit: what is answered is durable. Somebody else's viewing, or none, is 'viewing_closed'; a
 * session that has ended meanwhile is 'not_signed_in'.
 */
export async function settleHeartbeats(
  app: SettlementScope,
  batch: readonly ReceivedHeartbeat[],
): Promise<HeartbeatReply[]> {
  const judged = await inOneCommit(app.pool, async (client) => {
    const locked = await lockViewings(
      client,
      app,
      batch.map(({ beat }) => beat.viewingId),
      batch.map(({ sessionIdSha256 }) => sessionIdSha256),
    );
    const viewings = new Map(locked.map((viewing) => [viewing.id, viewing]));
    const judgements = batch.map((received) => judge(app, received, viewings.get(received.beat.viewingId)));
    const settled = judgements.filter((judgement) => 'decision' in judgement);
    const writer = { client, db: app.db };
    await writeDecisions(writer, settled);
    await facePresences(writer, settled);
    const { attendanceLimits } = app.config;
    await appendUncounted(
      writer,
      judgements.flatMap(
        (entry) => ('decision' in entry ? uncountedOf(entry, attendanceLimits) : entry.uncounted) ?? [],
      ),
    );
    return judgements;
  });
  return Promise.all(judged.map((entry) => ('decision' in entry ? answer(app, entry) : entry.reply)));
}
