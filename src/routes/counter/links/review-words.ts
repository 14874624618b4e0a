import type { LinkDifference } from '#lib/domain/people/compare-four-information.ts';
import { m } from '#lib/paraglide/messages.js';

const REASONS = ['samePerson', 'anotherPerson', 'registerFirst', 'withdrawn', 'other'] as const;

export const differenceWords = (difference: LinkDifference): string =>
  m[`first_link_officer_difference_${difference}`]();

/** What an officer decided, by the code that is kept. */
export function decisionWords(reason: string): string {
  const known = REASONS.find((code) => code === reason);
  return known === undefined ? reason : m[`first_link_officer_reason_${known}`]();
}
