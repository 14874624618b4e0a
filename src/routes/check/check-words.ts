import { holdingTypeWords, lectureClassWords } from '#lib/components/driver-words.ts';
import { formatDate, formatDateWithWeekday } from '#lib/components/format-date.ts';
import type { Condition } from '#lib/domain/renewal/eligibility.ts';
import type { Outlook, SelfCheck } from '#lib/domain/renewal/self-check.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

const date = (day: string) => formatDate(day, getLocale());

type Period = SelfCheck['period'];

interface OutlookWords {
  readonly kind: 'success' | 'information' | 'warning';
  readonly title: () => string;
  readonly lead: (period: Period) => string;
}

const OUTLOOKS: Record<Outlook, OutlookWords> = {
  now: {
    kind: 'success',
    title: m.check_now_title,
    lead: ({ end }) => m.check_now({ end: formatDateWithWeekday(end, getLocale()) }),
  },
  ifClass: { kind: 'information', title: m.check_if_class_title, lead: m.check_if_class },
  later: {
    kind: 'information',
    title: m.check_later_title,
    lead: ({ start, end }) => m.check_later({ start: date(start), end: date(end) }),
  },
  prepare: { kind: 'warning', title: m.check_prepare_title, lead: m.check_prepare },
  inPerson: { kind: 'warning', title: m.check_in_person_title, lead: m.check_in_person },
  senior: { kind: 'warning', title: m.check_senior_title, lead: m.check_in_person },
  over: {
    kind: 'warning',
    title: m.check_over_title,
    lead: ({ end }) => m.eligibility_period_after_why({ end: date(end) }),
  },
};

export function outlookWords({ outlook, period }: SelfCheck) {
  const { kind, title, lead } = OUTLOOKS[outlook];
  return { kind, title: title(), lead: lead(period) };
}

/** Instead of it, where there is a choice. */
export const alternativeWords = ({ outlook }: SelfCheck): string | null =>
  outlook === 'prepare' ? m.check_can_in_person() : null;

/** What he can still do this time, one step after the other. */
export function optionWords({ outlook, period, conditions }: SelfCheck): string[] {
  const start = date(period.start);
  switch (outlook) {
    case 'now':
    case 'ifClass':
      return [m.check_can_sign_in()];
    case 'later':
      return [m.check_can_wait({ start })];
    case 'prepare':
      return [...preparationWords(conditions), m.check_can_then({ start, end: date(period.end) })];
    case 'inPerson':
      return [m.check_can_only_in_person(), ...(isReady(conditions) ? [] : [m.check_can_next_time()])];
    case 'senior':
      return [m.eligibility_age_advice()];
    case 'over':
      return [m.eligibility_period_after_advice()];
  }
}

const isReady = (conditions: readonly Condition[]) =>
  conditions.every(({ id, holds }) => holds || (id !== 'E4' && id !== 'E5'));

function preparationWords(conditions: readonly Condition[]): string[] {
  const [card, link] = [conditions.find(({ id }) => id === 'E4'), conditions.find(({ id }) => id === 'E5')];
  if (card && !card.holds) return [m.check_can_record(), m.check_can_link()];
  const isSubmitted = link?.id === 'E5' && link.facts.isCertificateSubmitted;
  return isSubmitted ? [m.check_can_link()] : [m.check_can_submit(), m.check_can_link()];
}

/** What a condition asks for, and why it does not hold by what was chosen. */
export function askedWords(condition: Condition): { title: string; why: string } {
  switch (condition.id) {
    case 'E1':
      return {
        title: m.eligibility_class_title(),
        why: m.check_class_why({ lectureClass: lectureClassWords(condition.facts.lectureClass) }),
      };
    case 'E2':
      return {
        title: m.eligibility_period_title(),
        why:
          condition.facts.state === 'after'
            ? m.eligibility_period_after_why({ end: date(condition.facts.end) })
            : m.eligibility_period_before_why(),
      };
    case 'E3':
      return {
        title: m.eligibility_since_title({ since: date(condition.facts.since) }),
        why: m.eligibility_since_why({ birthday: date(condition.facts.birthday) }),
      };
    case 'E4':
      return {
        title: m.eligibility_myna_title(),
        why: m.eligibility_myna_why({ holding: holdingTypeWords(condition.facts.holdingType) }),
      };
    case 'E5':
      return {
        title: m.eligibility_link_title(),
        why: condition.facts.isCertificateSubmitted
          ? m.eligibility_link_portal_why()
          : m.check_link_none_why(),
      };
    case 'E6':
      return { title: m.eligibility_certificate_title(), why: '' };
    case 'E7':
      return {
        title: m.eligibility_age_title(),
        why: m.eligibility_age_why({ age: condition.facts.ageAtPeriodEnd }),
      };
    case 'notSuspended':
      return { title: m.eligibility_suspension_title(), why: '' };
  }
}
