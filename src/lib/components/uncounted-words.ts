import type { UncountedCause } from '#lib/domain/attendance/uncounted.ts';
import { m } from '#lib/paraglide/messages.js';

/** Why time was not counted, as the learner and the officer read it. */
const CAUSE_WORDS: Readonly<Record<UncountedCause, () => string>> = {
  not_contiguous: m.uncounted_cause_not_contiguous,
  beyond_released: m.uncounted_cause_beyond_released,
  expired: m.uncounted_cause_expired,
  superseded: m.uncounted_cause_superseded,
  pausedTooLong: m.uncounted_cause_pausedTooLong,
  signedOut: m.uncounted_cause_signedOut,
  periodOver: m.uncounted_cause_periodOver,
  presenceMissed: m.uncounted_cause_presenceMissed,
};

export const causeWords = (cause: UncountedCause): string => CAUSE_WORDS[cause]();
