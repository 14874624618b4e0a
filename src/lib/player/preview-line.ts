import {
  openLease,
  releasedMs,
  settleHeartbeat,
  type ChapterCredit,
  type Lease,
} from '#lib/domain/attendance/credit.ts';
import type { Heartbeat, HeartbeatReply, KeyGrant, OpenedViewing } from '#lib/domain/attendance/protocol.ts';
import { ATTENDANCE_LIMITS as LIMITS } from '#lib/domain/limits.ts';
import type { ViewingLine } from './line.ts';

/** What the server hands out for a preview: the whole chapter, since nobody is credited for it. */
export interface PreviewMedia {
  readonly durationMs: number;
  readonly grant: KeyGrant;
}

interface Options {
  readonly chapterId: string;
  /** Asks the server, which writes down who looked. */
  readonly openMedia: () => Promise<PreviewMedia>;
  /** As a learner would see it, by the rule of attendance; else wherever the playhead is has been watched. */
  readonly isStrict: boolean;
  readonly nowMs?: () => number;
}

const NO_KEYS: KeyGrant = { fromIndex: 0, keys: [] };

/**
 * The line of a preview. It asks the server for the keys and answers the player's reports itself, by the same rule that the server
 * holds learners to: nothing of it is kept, or worth anything.
 */
export function previewLine({ chapterId, openMedia, isStrict, nowMs = Date.now }: Options): ViewingLine {
  let credit: ChapterCredit = { creditedMs: 0, reportedMs: 0, durationMs: 0 };
  let lease: Lease | null = null;
  let openings = 0;

  const answer = (
    beat: Heartbeat,
    uncounted: Extract<HeartbeatReply, { outcome: 'credited' }>['uncounted'],
  ) => ({
    outcome: 'credited' as const,
    sequence: beat.sequence,
    creditedMs: credit.creditedMs,
    releasedMs: credit.durationMs,
    grant: NO_KEYS,
    isChapterWatched: credit.creditedMs === credit.durationMs,
    uncounted,
  });

  function follow(beat: Heartbeat): HeartbeatReply {
    const hasEnded = beat.state === 'ended' && beat.toMs >= credit.durationMs - LIMITS.contiguityMs;
    const creditedMs = hasEnded
      ? credit.durationMs
      : // Looking at the last picture is not yet the end.
        Math.min(Math.max(credit.creditedMs, beat.toMs), credit.durationMs - 1);
    credit = { ...credit, creditedMs, reportedMs: creditedMs };
    return answer(beat, null);
  }

  function settle(open: Lease, beat: Heartbeat): HeartbeatReply {
    const decision = settleHeartbeat(open, credit, beat, nowMs(), LIMITS);
    if (decision.kind === 'repeated') return answer(beat, null);
    if (decision.kind !== 'credited') {
      const code = decision.kind === 'lapsed' ? 'viewing_expired' : decision.code;
      return { outcome: 'refused', code, creditedMs: credit.creditedMs };
    }
    ({ credit, lease } = decision);
    return answer(beat, decision.uncounted);
  }

  return {
    async open(): Promise<OpenedViewing> {
      const { durationMs, grant } = await openMedia();
      credit = { ...credit, durationMs };
      lease = openLease(credit, nowMs());
      openings += 1;
      return {
        viewingId: `preview-${openings}`,
        chapterId,
        durationMs,
        creditedMs: credit.creditedMs,
        releasedMs: isStrict ? releasedMs(credit, LIMITS) : durationMs,
        grant,
        heartbeatIntervalMs: isStrict ? LIMITS.heartbeatIntervalMs : 1_000,
        leaseTtlMs: LIMITS.leaseTtlMs,
        contiguityMs: LIMITS.contiguityMs,
      };
    },
    report: (beat) => Promise.resolve(isStrict && lease ? settle(lease, beat) : follow(beat)),
    answerPresence: () => Promise.resolve({ outcome: 'passed', answerWithinMs: 0 }),
  };
}
