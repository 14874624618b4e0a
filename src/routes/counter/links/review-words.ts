import type { LinkDifference } from '#lib/domain/people/compare-four-information.ts';
import { m } from '#lib/paraglide/messages.js';
import type { CheckedFirstLink } from '#lib/server/first-link/check-first-link.ts';

const DIFFERENCES: Readonly<Record<LinkDifference, () => string>> = {
  nameVariant: m.first_link_officer_difference_nameVariant,
  nameSubstituted: m.first_link_officer_difference_nameSubstituted,
  nameDifferent: m.first_link_officer_difference_nameDifferent,
  addressVariant: m.first_link_officer_difference_addressVariant,
  addressSubstituted: m.first_link_officer_difference_addressSubstituted,
  addressDifferent: m.first_link_officer_difference_addressDifferent,
  birthDateUnknown: m.first_link_officer_difference_birthDateUnknown,
  severalCandidates: m.first_link_officer_difference_severalCandidates,
};

const REASONS: Readonly<Record<string, () => string>> = {
  samePerson: m.first_link_officer_reason_samePerson,
  anotherPerson: m.first_link_officer_reason_anotherPerson,
  registerFirst: m.first_link_officer_reason_registerFirst,
  withdrawn: m.first_link_officer_reason_withdrawn,
  other: m.first_link_officer_reason_other,
};

const STATES: Readonly<Record<CheckedFirstLink['state'], () => string>> = {
  awaitingOfficer: m.first_link_officer_state_awaitingOfficer,
  linked: m.first_link_officer_state_linked,
  declined: m.first_link_officer_state_declined,
  expired: m.first_link_officer_state_expired,
};

export const differenceWords = (difference: LinkDifference): string => DIFFERENCES[difference]();
export const linkStateWords = (state: CheckedFirstLink['state']): string => STATES[state]();

/** What an officer decided, by the code that is kept. */
export const decisionWords = (reason: string): string => REASONS[reason]?.() ?? reason;
