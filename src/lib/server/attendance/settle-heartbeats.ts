import { releasedMs, settleHeartbeat, type HeartbeatDecision } from '#lib/domain/attendance/credit.ts';
import type { Heartbeat, HeartbeatReply } from '#lib/domain/attendance/protocol.ts';
import type { RefusalCode } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import type { DB, Transaction } from '../db/database.ts';
import type { KeyRelease } from './chapter-media.ts';
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

const MAX_BATCH = 500;

interface Waiting {
  readonly beat: Heartbeat;
  readonly driverId: string;
  readonly answer: (reply: HeartbeatReply) => void;
  readonly fail: (fault: unknown) => void;
}

type Settled = { waiting: Waiting; viewing: LockedViewing; decision: HeartbeatDecision };

const CLOSED_CODES: Partial<Record<string, RefusalCode>> = {
  superseded: 'viewing_superseded',
  expired: 'viewing_expired',
  pausedTooLong: 'viewing_expired',
};

/** Settles heartbeats that arrive together in one transaction: as soon as one commit returns, the next batch goes. */
export interface HeartbeatSettler {
  settle(beat: Heartbeat, driverId: string): Promise<HeartbeatReply>;
}

const DEADLOCK_DETECTED = '40P01';
const isDeadlock = (fault: unknown) =>
  fault instanceof Error && 'code' in fault && fault.code === DEADLOCK_DETECTED;

/** Another process may hold what a batch needs in the other order; the loser of a deadlock has changed nothing. */
async function retryDeadlock(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (fault) {
    if (!isDeadlock(fault)) throw fault;
    await act();
  }
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

type EventFrame = Pick<LeaseEvent, 'attendanceId' | 'chapterId' | 'viewingId' | 'at'>;

/** What the ledger remembers beside the credit itself: what was not counted, and that the gate has been reached. */
function eventsOfCredit(
  frame: EventFrame,
  decision: Extract<HeartbeatDecision, { kind: 'credited' }>,
): LeaseEvent[] {
  const { uncounted, isChapterWatched } = decision;
  const events: LeaseEvent[] = [];
  if (uncounted)
    events.push({ ...frame, kind: 'refused', reason: uncounted.reason, detail: { ms: uncounted.ms } });
  if (isChapterWatched) events.push({ ...frame, kind: 'gate', reason: 'chapterWatched' });
  return events;
}

async function writeDecisions(trx: Transaction<DB>, settled: readonly Settled[]): Promise<void> {
  const credited = settled.flatMap(({ viewing, decision }) =>
    decision.kind === 'credited' ? [{ viewing, decision }] : [],
  );
  await updateCredited(trx, credited);

  const lapsed = settled.flatMap(({ viewing, decision }) =>
    decision.kind === 'lapsed'
      ? [{ viewing, at: viewing.lastBeatAt.getTime(), reason: decision.reason, run: decision.closedRun }]
      : [],
  );
  await closeViewings(trx, lapsed);

  const ids = ({ id, attendanceId, chapterId }: LockedViewing) => ({
    attendanceId,
    chapterId,
    viewingId: id,
  });
  const closedRuns = settled.flatMap(({ viewing, decision }) =>
    'closedRun' in decision && decision.closedRun ? [{ ...ids(viewing), run: decision.closedRun }] : [],
  );
  await appendWatchedIntervals(trx, closedRuns);

  await appendLeaseEvents(
    trx,
    settled.flatMap(({ viewing, decision }): LeaseEvent[] => {
      const event = { ...ids(viewing), at: viewing.now };
      switch (decision.kind) {
        case 'lapsed':
          return [{ ...event, kind: 'closed', reason: decision.reason }];
        case 'refused':
          return [{ ...event, kind: 'refused', reason: decision.code }];
        case 'credited':
          return eventsOfCredit(event, decision);
        case 'repeated':
          return [];
      }
    }),
  );
}

export function createHeartbeatSettler(
  app: Pick<App, 'db' | 'clock' | 'config' | 'log'>,
  keyRelease: KeyRelease,
): HeartbeatSettler {
  const limits = app.config.attendanceLimits;
  const queue: Waiting[] = [];
  let isRunning = false;

  /** What holds now, for a heartbeat that was credited or had been answered before. */
  async function describe({ waiting, viewing, decision }: Settled): Promise<HeartbeatReply> {
    const credit = decision.kind === 'credited' ? decision.credit : viewing;
    const released = releasedMs(credit, limits);
    return {
      outcome: 'credited',
      sequence: waiting.beat.sequence,
      creditedMs: credit.creditedMs,
      releasedMs: released,
      grant: await keyRelease.grant(viewing.chapterId, released, waiting.beat.keyCount),
      isChapterWatched: credit.creditedMs === credit.durationMs,
      uncounted: decision.kind === 'credited' ? decision.uncounted : null,
    };
  }

  const refuse = (code: RefusalCode, creditedMs: number): HeartbeatReply => ({
    outcome: 'refused',
    code,
    creditedMs,
  });

  async function answer(settled: Settled): Promise<HeartbeatReply> {
    const { decision, viewing } = settled;
    if (decision.kind === 'refused') return refuse(decision.code, viewing.creditedMs);
    if (decision.kind === 'lapsed') return refuse('viewing_expired', viewing.creditedMs);
    return describe(settled);
  }

  async function settleBatch(batch: readonly Waiting[]): Promise<void> {
    const replies: { waiting: Waiting; make: () => Promise<HeartbeatReply> }[] = [];
    await app.db.transaction().execute(async (trx) => {
      const locked = await lockViewings(
        trx,
        app.clock,
        batch.map(({ beat }) => beat.viewingId),
      );
      const byId = new Map(locked.map((viewing) => [viewing.id, viewing]));
      const settled: Settled[] = [];
      for (const waiting of batch) {
        const viewing = byId.get(waiting.beat.viewingId);
        const isTheirs = viewing?.driverId === waiting.driverId;
        if (!viewing || !isTheirs) {
          replies.push({ waiting, make: async () => refuse('viewing_closed', 0) });
        } else if (viewing.closeReason !== null) {
          replies.push({ waiting, make: () => answerClosed(waiting, viewing) });
        } else {
          const decision = settleHeartbeat(
            leaseOf(viewing),
            viewing,
            waiting.beat,
            viewing.now.getTime(),
            limits,
          );
          settled.push({ waiting, viewing, decision });
        }
      }
      await writeDecisions(trx, settled);
      for (const entry of settled) replies.push({ waiting: entry.waiting, make: () => answer(entry) });
    });
    // Answered only after the commit: what was answered is durable.
    for (const { waiting, make } of replies) await make().then(waiting.answer, waiting.fail);
  }

  /** The heartbeat that finished the chapter may be repeated because its answer was lost. */
  async function answerClosed(waiting: Waiting, viewing: LockedViewing): Promise<HeartbeatReply> {
    if (viewing.closeReason === 'chapterDone' && waiting.beat.sequence <= viewing.sequence) {
      return describe({ waiting, viewing, decision: { kind: 'repeated' } });
    }
    return refuse(CLOSED_CODES[viewing.closeReason ?? ''] ?? 'viewing_closed', viewing.creditedMs);
  }

  async function run(): Promise<void> {
    isRunning = true;
    while (queue.length > 0) {
      const batch = takeBatch(queue);
      await retryDeadlock(() => settleBatch(batch)).catch((fault: unknown) => {
        app.log.error({ err: fault, heartbeats: batch.length }, 'a batch of heartbeats could not be settled');
        for (const waiting of batch) waiting.fail(fault);
      });
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
