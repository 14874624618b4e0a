import { LIMITS } from '../limits.ts';

export type PersonKind = 'learner' | 'officer';

/** What the end of a session depends on; instants in epoch milliseconds. */
export interface SessionFacts {
  readonly personKind: PersonKind;
  readonly createdAt: number;
  /** The last request that the person made; kept to the minute. */
  readonly lastSeenAt: number;
  /** The last heartbeat of any viewing that was opened in this session; null when none was. */
  readonly lastBeatAt: number | null;
}

/** Beyond this instant nothing keeps the session: how long its cookie and its row are kept. */
export function hardEndOfSession({ personKind, createdAt }: Pick<SessionFacts, 'personKind' | 'createdAt'>) {
  const extension = personKind === 'learner' ? LIMITS.sessionLectureExtensionMs : 0;
  return createdAt + LIMITS.sessionTtlMs + extension;
}

/**
 * The instant at which a session ends unless its person does something before (NIST SP 800-63B-4 §2.2.3: an overall and an inactivity
 * limit). A lecture is not cut: its heartbeats count as being there, and while it goes on, or its question and photo are due, the session
 * outlives the overall limit, up to the hard end.
 */
export function endOfSession(facts: SessionFacts): number {
  const { personKind, createdAt, lastSeenAt, lastBeatAt } = facts;
  const lastThereAt = Math.max(lastSeenAt, lastBeatAt ?? lastSeenAt);
  const end = Math.min(createdAt + LIMITS.sessionTtlMs, lastThereAt + LIMITS.sessionIdleMs[personKind]);
  if (personKind !== 'learner' || lastBeatAt === null) return end;
  return Math.max(end, Math.min(lastBeatAt + LIMITS.sessionLectureGraceMs, hardEndOfSession(facts)));
}

export function isSessionOver(facts: SessionFacts, now: number): boolean {
  return now >= endOfSession(facts);
}
