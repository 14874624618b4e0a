import { holdingTypeWords, lectureClassWords } from '#lib/components/driver-words.ts';
import { formatDate } from '#lib/components/format-date.ts';
import type { Condition } from '#lib/domain/renewal/eligibility.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

export interface ConditionWords {
  /** What has to be. */
  readonly title: string;
  /** What is instead; only said when the condition does not hold. */
  readonly why: string;
  readonly advice: readonly string[];
}

/** The words for a condition in the reader's language. */
export function conditionWords(condition: Condition): ConditionWords {
  const date = (day: string) => formatDate(day, getLocale());
  switch (condition.id) {
    case 'E1':
      return {
        title: m.eligibility_class_title(),
        why: m.eligibility_class_why({ lectureClass: lectureClassWords(condition.facts.lectureClass) }),
        advice: [
          condition.facts.lectureClass === 'senior'
            ? m.eligibility_age_advice()
            : m.eligibility_in_person_advice(),
        ],
      };
    case 'E2':
      return condition.facts.state === 'after'
        ? {
            title: m.eligibility_period_title(),
            why: m.eligibility_period_after_why({ end: date(condition.facts.end) }),
            advice: [m.eligibility_period_after_advice()],
          }
        : {
            title: m.eligibility_period_title(),
            why: m.eligibility_period_before_why(),
            advice: [m.eligibility_period_before_advice({ start: date(condition.facts.start) })],
          };
    case 'E3':
      return {
        title: m.eligibility_since_title({ since: date(condition.facts.since) }),
        why: m.eligibility_since_why({ birthday: date(condition.facts.birthday) }),
        advice: [m.eligibility_in_person_advice()],
      };
    case 'E4': {
      const { holdingType } = condition.facts;
      return {
        title: m.eligibility_myna_title(),
        why:
          holdingType === 'cardOnly'
            ? m.eligibility_myna_why({ holding: holdingTypeWords(holdingType) })
            : m.eligibility_myna_not_yet_why(),
        advice: [m.eligibility_in_person_advice(), m.eligibility_myna_advice()],
      };
    }
    case 'E5': {
      const { isCertificateSubmitted } = condition.facts;
      return {
        title: m.eligibility_link_title(),
        why: isCertificateSubmitted ? m.eligibility_link_portal_why() : m.eligibility_link_submit_why(),
        advice: [
          ...(isCertificateSubmitted ? [] : [m.eligibility_link_submit_advice()]),
          m.eligibility_link_portal_advice(),
        ],
      };
    }
    case 'E6':
      return {
        title: m.eligibility_certificate_title(),
        why:
          condition.facts.credentialState === 'expired'
            ? m.eligibility_certificate_expired_why()
            : m.eligibility_certificate_revoked_why(),
        advice: [m.eligibility_certificate_advice()],
      };
    case 'E7':
      return {
        title: m.eligibility_age_title(),
        why: m.eligibility_age_why({ age: condition.facts.ageAtPeriodEnd }),
        advice: [m.eligibility_age_advice()],
      };
    case 'notSuspended': {
      const { suspendedUntil } = condition.facts;
      return {
        title: m.eligibility_suspension_title(),
        why: suspendedUntil === null ? '' : m.eligibility_suspension_why({ date: date(suspendedUntil) }),
        advice: [m.eligibility_suspension_advice()],
      };
    }
  }
}
