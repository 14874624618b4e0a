import { releasedMs, settleHeartbeat, type HeartbeatDecision } from '#lib/domain/attendance/credit.ts';
import type { Heartbeat, HeartbeatReply } from '#lib/domain/attendance/protocol.ts';
import type { RefusalCode } from '#lib/domain/refusal.ts';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import type { App } from '../app.ts';
import type { DB, Transaction } from '../db/database.ts';
import {
  appendLeaseEvents,
  appendWatchedIntervals,
  closeViewings,
  leaseOf,
  lockViewings,
  updateCredited,
  type LeaseEvent,
  type LockedViewing,
} from './heartbeat.queries.ts';

/** A heartbeat and who is signed in where it comes from. */
export interface ReceivedHeartbeat {
  readonly beat: Heartbeat;
  readonly driverId: string;
}

type Settled = { received: ReceivedHeartbeat; viewing: LockedViewing; decision: HeartbeatDecision };

const CLOSED_CODES: Partial<Record<string, RefusalCode>> = {
  superseded: 'viewing_superseded',
  expired: 'viewing_expired',
  pausedTooLong: 'viewing_expired',
};

const idsOf = ({ id, attendanceId, chapterId }: LockedViewing) => ({
  attendanceId,
  chapterId,
  viewingId: id,
});

/** What the ledger remembers of a heartbeat beside the credit: what was not counted, what was refused, gates, closings. */
function eventsOf({ viewing, decision }: Settled): LeaseEvent[] {
  const frame = { ...idsOf(viewing), at: viewing.now };
  switch (decision.kind) {
    case 'repeated':
      return [];
    case 'lapsed':
      return [{ ...frame, kind: 'closed', reason: decision.reason }];
    case 'refused':
      return [{ ...frame, kind: 'refused', reason: decision.code }];
    case 'credited': {
      const { uncounted, isChapterWatched } = decision;
      const events: LeaseEvent[] = [];
      if (uncounted) {
        events.push({ ...frame, kind: 'refused', reason: uncounted.reason, detail: { ms: uncounted.ms } });
      }
      if (isChapterWatched) events.push({ ...frame, kind: 'gate', reason: 'chapterWatched' });
      return events;
    }
  }
}

async function writeDecisions(trx: Transaction<DB>, settled: readonly Settled[]): Promise<void> {
  await updateCredited(
    trx,
    settled.flatMap(({ viewing, decision }) => (decision.kind === 'credited' ? [{ viewing, decision }] : [])),
  );
  await closeViewings(
    trx,
    settled.flatMap(({ viewing, decision }) =>
      decision.kind === 'lapsed'
        ? [{ viewing, at: viewing.lastBeatAt.getTime(), reason: decision.reason }]
        : [],
    ),
  );
  await appendWatchedIntervals(
    trx,
    settled.flatMap(({ viewing, decision }) =>
      'closedRun' in decision && decision.closedRun ? [{ ...idsOf(viewing), run: decision.closedRun }] : [],
    ),
  );
  await appendLeaseEvents(trx, settled.flatMap(eventsOf));
}

const refuse = (code: RefusalCode, creditedMs: number): HeartbeatReply => ({
  outcome: 'refused',
  code,
  creditedMs,
});

/** What holds now, for a heartbeat that was credited or had been answered before. */
async function describe(
  app: Pick<App, 'config' | 'keyRelease'>,
  { received, viewing, decision }: Settled,
): Promise<HeartbeatReply> {
  const credit = decision.kind === 'credited' ? decision.credit : viewing;
  const released = releasedMs(credit, app.config.attendanceLimits);
  return {
    outcome: 'credited',
    sequence: received.beat.sequence,
    creditedMs: credit.creditedMs,
    releasedMs: released,
    grant: await app.keyRelease.grant(viewing.chapterId, released, received.beat.keyCount),
    isChapterWatched: credit.creditedMs === credit.durationMs,
    uncounted: decision.kind === 'credited' ? decision.uncounted : null,
  };
}

/** For a viewing that is over. The heartbeat that finished its chapter may be repeated because its answer was lost. */
async function answerClosed(
  app: Pick<App, 'config' | 'keyRelease'>,
  received: ReceivedHeartbeat,
  viewing: LockedViewing,
): Promise<HeartbeatReply> {
  if (viewing.closeReason === 'chapterDone' && received.beat.sequence <= viewing.sequence) {
    return describe(app, { received, viewing, decision: { kind: 'repeated' } });
  }
  return refuse(CLOSED_CODES[viewing.closeReason ?? ''] ?? 'viewing_closed', viewing.creditedMs);
}

async function answer(app: Pick<App, 'config' | 'keyRelease'>, settled: Settled): Promise<HeartbeatReply> {
  const { decision, viewing } = settled;
  if (decision.kind === 'refused') return refuse(decision.code, viewing.creditedMs);
  if (decision.kind === 'lapsed') return refuse('viewing_expired', viewing.creditedMs);
  return describe(app, settled);
}

/**
 * Settles heartbeats of different viewings in one transaction and one order of locks. The replies stand in the order of the
 * batch and are made after the commit: what is answered is durable. Somebody else's viewing, or none, is 'viewing_closed'.
 */
export async function settleHeartbeats(
  app: Pick<App, 'db' | 'clock' | 'config' | 'keyRelease'>,
  batch: readonly ReceivedHeartbeat[],
): Promise<HeartbeatReply[]> {
  const makeReply = await app.db.transaction().execute(async (trx) => {
    const ids = batch.map(({ beat }) => beat.viewingId);
    const viewings = new Map(
      (await lockViewings(trx, app.clock, ids)).map((viewing) => [viewing.id, viewing]),
    );
    const settled: Settled[] = [];
    const replies = batch.map((received) => {
      const viewing = viewings.get(received.beat.viewingId);
      if (viewing?.driverId !== received.driverId) return async () => refuse('viewing_closed', 0);
      if (viewing.closeReason !== null) return () => answerClosed(app, received, viewing);
      // Nothing is watched for a renewal period after its last day, not even in a viewing that was opened before midnight.
      if (tokyoDate(viewing.now) > viewing.periodEnd) {
        return async () => refuse('not_eligible', viewing.creditedMs);
      }
      const { attendanceLimits } = app.config;
      const now = viewing.now.getTime();
      const decision = settleHeartbeat(leaseOf(viewing), viewing, received.beat, now, attendanceLimits);
      const entry = { received, viewing, decision };
      settled.push(entry);
      return () => answer(app, entry);
    });
    await writeDecisions(trx, settled);
    return replies;
  });
  return Promise.all(makeReply.map((make) => make()));
}
