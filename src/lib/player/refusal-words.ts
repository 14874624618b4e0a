import type { RefusalCode } from '#lib/domain/refusal.ts';
import { m } from '#lib/paraglide/messages.js';

interface RefusalWords {
  readonly what: () => string;
  readonly next: () => string;
}

/** The refusals that a viewing can meet: what happened, and what to do (domain/learner-refusals.ts). */
const REFUSALS: Partial<Record<RefusalCode, RefusalWords>> = {
  malformed: { what: m.refusal_malformed, next: m.refusal_next_reload },
  not_found: { what: m.refusal_not_found, next: m.refusal_next_from_home },
  not_signed_in: { what: m.refusal_not_signed_in, next: m.refusal_next_sign_in },
  not_allowed: { what: m.refusal_not_allowed, next: m.refusal_next_as_oneself },
  not_eligible: { what: m.refusal_not_eligible, next: m.refusal_next_see_conditions },
  consent_required: { what: m.refusal_consent_required, next: m.refusal_next_consent },
  not_contiguous: { what: m.refusal_not_contiguous, next: m.refusal_next_go_on },
  chapter_locked: { what: m.refusal_chapter_locked, next: m.refusal_next_in_order },
  question_not_answered: {
    what: m.refusal_question_not_answered,
    next: m.refusal_next_answer_question,
  },
  attendance_complete: { what: m.refusal_attendance_complete, next: m.refusal_next_see_record },
};

export function refusalWords(code: RefusalCode): { readonly what: string; readonly next: string } {
  const words = REFUSALS[code] ?? { what: m.player_failed_title, next: m.refusal_next_reload };
  return { what: words.what(), next: words.next() };
}
