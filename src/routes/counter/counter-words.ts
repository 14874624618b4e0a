import type { ActKind, RecordState } from '#lib/domain/records/record.ts';
import type { OfflineConflict } from '#lib/domain/records/offline.ts';
import { m } from '#lib/paraglide/messages.js';

const STATES: Readonly<Record<RecordState, () => string>> = {
  issued: m.counter_state_issued,
  referred: m.counter_state_referred,
  checked: m.counter_state_checked,
  rejected: m.counter_state_rejected,
  used: m.counter_state_used,
  voided: m.counter_state_voided,
};

/** What officers do; a correction is said with what it took back (act-words.ts). */
type Said = Exclude<ActKind, 'corrected'>;
const ACTS: Readonly<Record<Said, () => string>> = {
  accepted: m.counter_act_accepted,
  rejected: m.counter_act_rejected,
  referred: m.counter_act_referred,
  aptitudeTest: m.counter_act_aptitudeTest,
  issued: m.counter_act_issued,
  voided: m.counter_act_voided,
};

const CONFLICTS: Readonly<Record<OfflineConflict, () => string>> = {
  usedTwice: m.counter_conflict_usedTwice,
  voidedMeanwhile: m.counter_conflict_voidedMeanwhile,
  decidedOtherwise: m.counter_conflict_decidedOtherwise,
  notAllowed: m.counter_conflict_notAllowed,
  recordUnknown: m.counter_conflict_recordUnknown,
  otherOfficer: m.counter_conflict_otherOfficer,
};

export const recordStateWords = (state: RecordState): string => STATES[state]();
export const deedWords = (kind: Said): string => ACTS[kind]();
export const conflictWords = (conflict: OfflineConflict): string => CONFLICTS[conflict]();
