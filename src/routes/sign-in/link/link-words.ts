import type { CardFaultCode } from '#lib/client/card-file.ts';
import type { LinkDifference } from '#lib/domain/people/compare-four-information.ts';
import type { DeclineReason } from '#lib/server/first-link/decide-first-link.ts';
import { m } from '#lib/paraglide/messages.js';
import { CARD_FAULT_WORDS } from '../card-fault-words.ts';

/** What the person reads when his browser could not sign: of a signing card the secret is a password. */
export const SIGNING_FAULT_WORDS: Readonly<Record<CardFaultCode | 'line', () => string>> = {
  ...CARD_FAULT_WORDS,
  card_other_use: m.first_link_fault_card_other_use,
  pin_form: m.first_link_fault_password_form,
  pin_wrong: m.first_link_fault_password_wrong,
};

const DIFFERENCES: Readonly<Record<LinkDifference, () => string>> = {
  nameVariant: m.first_link_why_nameVariant,
  nameSubstituted: m.first_link_why_nameSubstituted,
  nameDifferent: m.first_link_why_nameDifferent,
  addressVariant: m.first_link_why_addressVariant,
  addressSubstituted: m.first_link_why_addressSubstituted,
  addressDifferent: m.first_link_why_addressDifferent,
  birthDateUnknown: m.first_link_why_birthDateUnknown,
  severalCandidates: m.first_link_why_severalCandidates,
};

const DECLINES: Readonly<Record<DeclineReason, () => string>> = {
  anotherPerson: m.first_link_declined_anotherPerson,
  registerFirst: m.first_link_declined_registerFirst,
  withdrawn: m.first_link_declined_withdrawn,
  other: m.first_link_declined_other,
};

/** Why an officer has to look at it, in plain words. */
export const differenceWords = (difference: LinkDifference): string => DIFFERENCES[difference]();
export const declineWords = (reason: DeclineReason): string => DECLINES[reason]();
