import type { UncountedCause } from '#lib/domain/attendance/uncounted.ts';
import { m } from '#lib/paraglide/messages.js';

/** Why time was not counted, as the learner and the officer read it. */
export const causeWords = (cause: UncountedCause): string => m[`uncounted_cause_${cause}`]();
