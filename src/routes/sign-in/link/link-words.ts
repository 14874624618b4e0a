import type { CardFaultCode } from '#lib/client/card-file.ts';
import type { LinkDifference } from '#lib/domain/people/compare-four-information.ts';
import { m } from '#lib/paraglide/messages.js';
import { CARD_FAULT_WORDS } from '../card-fault-words.ts';

/** What the person reads when his browser could not sign: of a signing card the secret is a password. */
export const SIGNING_FAULT_WORDS: Readonly<Record<CardFaultCode | 'line', () => string>> = {
  ...CARD_FAULT_WORDS,
  card_other_use: m.first_link_fault_card_other_use,
  pin_form: m.first_link_fault_password_form,
  pin_wrong: m.first_link_fault_password_wrong,
};

/** Why an officer has to look at it, in plain words. */
export const differenceWords = (difference: LinkDifference): string => m[`first_link_why_${difference}`]();
