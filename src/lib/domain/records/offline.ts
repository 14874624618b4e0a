import type { RefusalCode } from '../refusal.ts';
import type { RecordState } from './record.ts';

/** What a counter can decide without us: the aptitude test and the issue need the register, and wait for the line. */
export type OfflineKind = 'accepted' | 'rejected';

/** Why a supervisor has to look at a decision that was made without us. */
export type OfflineConflict =
  'usedTwice' | 'voidedMeanwhile' | 'decidedOtherwise' | 'notAllowed' | 'recordUnknown' | 'otherOfficer';

/** What we know of the record when the decision comes in and cannot be entered. */
export interface MetRecord {
  readonly state: RecordState;
  /** The last officer who accepted or rejected it, and at which office; null before anybody did. */
  readonly decided: {
    readonly kind: OfflineKind;
    readonly officerId: string;
    readonly officeId: string;
    readonly at: Date;
  } | null;
}

const ACCEPTED_STATES: readonly RecordState[] = ['checked', 'used'];

/** So long after it last heard from us a terminal may decide: a day at the counter. */
export const OFFLINE_MAX_MS = 12 * 3_600_000;
/** How far a terminal's clock may be from ours. */
export const CLOCK_SKEW_MS = 5 * 60_000;

/** Whether a decision can have been made when the terminal says so: after it was prepared, on that day, and not in the future. */
export function isTimePlausible(decidedAt: Date, preparedAt: Date, now: Date): boolean {
  const sinceMs = decidedAt.getTime() - preparedAt.getTime();
  return (
    sinceMs >= -CLOCK_SKEW_MS &&
    sinceMs <= OFFLINE_MAX_MS + CLOCK_SKEW_MS &&
    decidedAt.getTime() <= now.getTime() + CLOCK_SKEW_MS
  );
}

/** Whether somebody did something with the record after this decision, also what was taken back. */
export const isOvertaken = (decidedAt: Date, acts: readonly { readonly at: Date }[]): boolean =>
  acts.some(({ at }) => at > decidedAt);

/** What stands against the decision itself, whatever became of its record. */
const NEVER_ENTERED: ReadonlySet<RefusalCode> = new Set(['offline_time', 'officer_disabled']);

interface Decision {
  readonly kind: OfflineKind;
  readonly officerId: string;
  readonly officeId: string;
  readonly decidedAt: Date;
}

/**
 * What a decision meets that could not be entered. Null: the same officer has entered the same at the same office once more, when the line
 * was back, which is no conflict; to accept again what he had accepted before is one.
 */
export function findConflict(
  decision: Decision,
  record: MetRecord | null,
  refusal: RefusalCode,
): OfflineConflict | null {
  if (NEVER_ENTERED.has(refusal)) return 'notAllowed';
  if (record === null || refusal === 'record_not_found') return 'recordUnknown';
  if (record.state === 'voided') return 'voidedMeanwhile';
  const { decided } = record;
  if (decided === null || record.state === 'issued') return 'notAllowed';
  if (decided.kind !== decision.kind) return 'decidedOtherwise';
  if (isEnteredAgain(decision, decided)) return null;
  return decision.kind === 'accepted' && ACCEPTED_STATES.includes(record.state)
    ? 'usedTwice'
    : 'decidedOtherwise';
}

function isEnteredAgain(decision: Decision, decided: NonNullable<MetRecord['decided']>): boolean {
  if (decided.officerId !== decision.officerId || decided.officeId !== decision.officeId) return false;
  const laterMs = decided.at.getTime() - decision.decidedAt.getTime();
  return decision.kind === 'rejected' || laterMs >= -CLOCK_SKEW_MS;
}
