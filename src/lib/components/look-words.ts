import type { LookReason } from '#lib/domain/audit/looks.ts';
import { m } from '#lib/paraglide/messages.js';

const REASONS: Readonly<Record<LookReason, () => string>> = {
  viaRenewal: m.look_reason_viaRenewal,
  movingIn: m.look_reason_movingIn,
  inquiry: m.look_reason_inquiry,
  other: m.look_reason_other,
};

/** Why an officer looked, as officers choose it and as the learner reads it. */
export const lookReasonWords = (reason: LookReason): string => REASONS[reason]();
