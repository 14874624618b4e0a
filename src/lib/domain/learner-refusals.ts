import type { RefusalCode } from './refusal.ts';

/** What is said to be safe: `refusal_kept_<kind>`. */
export type Kept = 'attendance' | 'signIn' | 'link' | 'unchanged';
/** Whom to turn to: the home commission's licence desk, or for the card itself the municipality that issued it. */
export type Help = 'commission' | 'municipality';

/** What to do now, `refusal_next_<name>`: shared by refusals that are answered in the same way. */
export const REFUSAL_NEXTS = [
  'check_input',
  'from_home',
  'sign_in',
  'sign_in_on',
  'as_oneself',
  'wait_minutes',
  'from_this_site',
  'start_again',
  'one_browser',
  'reader',
  'other_way_or_municipality',
  'right_card',
  'renew_certificate',
  'new_card',
  'tomorrow',
  'authentication_certificate',
  'other_card_or_ask',
  'later',
  'later_or_other_way',
  'try_or_other_way',
  'ask_centre',
  'link_again',
  'sign_new_document',
  'own_signing_certificate',
  'submit_certificate',
  'record_licence',
  'signature_file',
  'see_conditions',
  'another_day',
  'consent',
  'choose_language',
  'here_or_leave',
  'go_on',
  'reload',
  'in_order',
  'watch_to_end',
  'next_step',
  'choose_again',
  'answer_question',
  'take_again',
  'closer',
  'use_camera',
  'watch_on',
  'answer_all',
  'after_chapters',
  'see_record',
  'ask_commission',
  'new_qr',
  'own_screen_qr',
] as const;

export type RefusalNext = (typeof REFUSAL_NEXTS)[number];

export interface LearnerRefusal {
  readonly kept: Kept;
  readonly next: RefusalNext;
  readonly help: Help;
}

const signIn = (next: RefusalNext, help: Help = 'commission') => ({ kept: 'signIn', next, help }) as const;
const link = (next: RefusalNext) => ({ kept: 'link', next, help: 'commission' }) as const;
const lecture = (next: RefusalNext) => ({ kept: 'attendance', next, help: 'commission' }) as const;
const unchanged = (next: RefusalNext) => ({ kept: 'unchanged', next, help: 'commission' }) as const;

/**
 * Every refusal that a learner can meet, with the parts that stand beside what happened (`refusal_<code>`): that nothing was lost, what to do
 * now, whom to turn to. A code that is not here is met by officers, partners or nobody at a screen.
 */
export const LEARNER_REFUSALS = {
  malformed: unchanged('check_input'),
  not_found: unchanged('from_home'),
  not_signed_in: lecture('sign_in'),
  session_over: lecture('sign_in_on'),
  not_allowed: unchanged('as_oneself'),
  too_many_requests: lecture('wait_minutes'),
  cross_site: unchanged('from_this_site'),
  challenge_unknown: signIn('start_again'),
  challenge_used: signIn('start_again'),
  challenge_expired: signIn('start_again'),
  challenge_other_browser: signIn('one_browser'),
  certificate_missing: signIn('reader'),
  certificate_malformed: signIn('other_way_or_municipality', 'municipality'),
  certificate_untrusted: signIn('right_card', 'municipality'),
  certificate_expired: signIn('renew_certificate', 'municipality'),
  certificate_not_yet_valid: signIn('tomorrow', 'municipality'),
  certificate_revoked: signIn('new_card', 'municipality'),
  certificate_wrong_purpose: signIn('authentication_certificate', 'municipality'),
  certificate_wrong_policy: signIn('right_card', 'municipality'),
  certificate_unsupported: signIn('other_card_or_ask', 'municipality'),
  certificate_weak_key: signIn('other_card_or_ask', 'municipality'),
  revocation_unavailable: signIn('later'),
  signature_invalid: signIn('start_again'),
  card_not_linked: signIn('ask_centre'),
  app_sign_in_cancelled: signIn('try_or_other_way'),
  provider_unavailable: signIn('later_or_other_way'),
  provider_answer_invalid: signIn('start_again'),
  hand_over_over: signIn('new_qr'),
  hand_over_number: signIn('own_screen_qr'),
  hand_over_card: signIn('new_qr'),
  first_link_over: link('link_again'),
  first_link_used: link('sign_new_document'),
  first_link_other_browser: link('link_again'),
  first_link_not_in_register: link('own_signing_certificate'),
  first_link_not_submitted: link('submit_certificate'),
  first_link_no_card_record: link('record_licence'),
  first_link_signature_too_large: link('signature_file'),
  not_eligible: unchanged('see_conditions'),
  no_lecture_published: unchanged('another_day'),
  consent_required: unchanged('consent'),
  language_not_offered: unchanged('choose_language'),
  viewing_superseded: lecture('here_or_leave'),
  viewing_closed: lecture('go_on'),
  viewing_expired: lecture('go_on'),
  out_of_sequence: lecture('reload'),
  not_contiguous: lecture('go_on'),
  chapter_locked: lecture('in_order'),
  chapter_not_watched: lecture('watch_to_end'),
  already_answered: lecture('next_step'),
  choice_unknown: lecture('choose_again'),
  question_not_answered: lecture('answer_question'),
  photo_not_due: lecture('next_step'),
  photo_too_large: lecture('take_again'),
  photo_not_an_image: lecture('take_again'),
  photo_too_small: lecture('closer'),
  photo_upload_not_allowed: lecture('use_camera'),
  presence_missed: lecture('go_on'),
  presence_not_due: lecture('watch_on'),
  survey_not_due: lecture('after_chapters'),
  survey_incomplete: lecture('answer_all'),
  attendance_complete: lecture('see_record'),
  ledger_disagrees: lecture('ask_commission'),
  video_not_ready: lecture('later'),
} as const satisfies Partial<Record<RefusalCode, LearnerRefusal>>;

/** The parts of this refusal, or null when no learner meets it. */
export function learnerRefusal(code: RefusalCode): LearnerRefusal | null {
  return (LEARNER_REFUSALS as Partial<Record<RefusalCode, LearnerRefusal>>)[code] ?? null;
}
