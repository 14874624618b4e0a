import type { RefusalCode } from '#lib/domain/refusal.ts';
import { m } from '#lib/paraglide/messages.js';

/** Whole minutes and seconds, begun seconds not counted, as the words take them. */
export function minutesAndSeconds(ms: number): { minutes: number; seconds: number } {
  const seconds = Math.floor(ms / 1_000);
  return { minutes: Math.floor(seconds / 60), seconds: seconds % 60 };
}

/** The refusals that a viewing can meet. By name, so that a watching browser does not load every word of Koshu. */
const REFUSALS: Partial<Record<RefusalCode, () => string>> = {
  malformed: m.refusal_malformed,
  not_found: m.refusal_not_found,
  not_signed_in: m.refusal_not_signed_in,
  not_allowed: m.refusal_not_allowed,
  not_eligible: m.refusal_not_eligible,
  consent_required: m.refusal_consent_required,
  not_contiguous: m.refusal_not_contiguous,
  chapter_locked: m.refusal_chapter_locked,
  question_not_answered: m.refusal_question_not_answered,
  attendance_complete: m.refusal_attendance_complete,
};

export function refusalWords(code: RefusalCode): string {
  return (REFUSALS[code] ?? m.player_failed)();
}
