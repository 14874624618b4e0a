import type { RefusalCode } from '#lib/domain/refusal.ts';
import { m } from '#lib/paraglide/messages.js';

/** The refusals that a viewing can meet. */
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
