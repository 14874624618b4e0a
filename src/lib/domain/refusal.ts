/**
 * Every reason for which Koshu declines to go on. A code gets its HTTP status in lib/http/refusals.ts and its words in
 * messages/<locale>/refusals.json (key `refusal_<code>`); neither compiles without the other.
 */
export const REFUSAL_CODES = [
  // asking
  'malformed',
  'not_found',
  'not_signed_in',
  'session_over',
  'not_allowed',
  'too_many_requests',
  'cross_site',
  // sign-in with a card
  'challenge_unknown',
  'challenge_used',
  'challenge_expired',
  'challenge_other_browser',
  'certificate_missing',
  'certificate_malformed',
  'certificate_untrusted',
  'certificate_expired',
  'certificate_not_yet_valid',
  'certificate_revoked',
  'certificate_wrong_purpose',
  'certificate_wrong_policy',
  'certificate_unsupported',
  'certificate_weak_key',
  'revocation_unavailable',
  'signature_invalid',
  'card_not_linked',
  'app_sign_in_cancelled',
  'provider_unavailable',
  'provider_answer_invalid',
  // first link
  'first_link_over',
  'first_link_used',
  'first_link_other_browser',
  'first_link_not_in_register',
  'first_link_not_submitted',
  'first_link_no_card_record',
  'first_link_already_decided',
  'first_link_changed_meanwhile',
  'first_link_signature_too_large',
  // officers
  'invitation_invalid',
  'passkey_invalid',
  'officer_disabled',
  'officer_exists',
  'office_required',
  'officer_is_oneself',
  // eligibility and consent
  'not_eligible',
  'no_lecture_published',
  'consent_required',
  'language_not_offered',
  // attendance
  'viewing_superseded',
  'viewing_closed',
  'viewing_expired',
  'out_of_sequence',
  'not_contiguous',
  'chapter_locked',
  'chapter_not_watched',
  'already_answered',
  'choice_unknown',
  'question_not_answered',
  'photo_not_due',
  'photo_too_large',
  'photo_not_an_image',
  'photo_too_small',
  'presence_missed',
  'presence_not_due',
  'survey_not_due',
  'survey_incomplete',
  'attendance_complete',
  'ledger_disagrees',
  // records and the counter
  'record_number_invalid',
  'record_check_digit',
  'scan_input_method',
  'scan_foreign',
  'record_not_found',
  'record_already_decided',
  'record_already_used',
  'record_not_accepted',
  'record_changed_meanwhile',
  'record_period_over',
  'record_class_changed',
  'record_voided',
  'record_lapse_careless',
  'void_unconfirmed',
  'reason_required',
  'aptitude_test_required',
  'record_altered',
  'via_holding_change',
  'licence_suspended',
  // uploads and editions
  'upload_too_large',
  'upload_empty',
  'upload_no_space',
  'upload_incomplete',
  'video_unreadable',
  'video_no_picture',
  'video_no_sound',
  'video_too_short',
  'video_too_long',
  'video_encrypted',
  'video_damaged',
  'video_unsupported',
  'video_picture_too_large',
  'video_picture_too_small',
  'video_times_broken',
  'video_sound_changes',
  'video_too_costly',
  'video_not_ready',
  'transcoding_failed',
  'video_not_moving',
  'captions_invalid',
  'captions_too_large',
  'edition_not_draft',
  'edition_empty',
  'edition_chapter_incomplete',
  'edition_too_short',
  'edition_changed_meanwhile',
  'edition_move_impossible',
  'edition_question_unchecked',
  'other_edition_scheduled',
  'schedule_in_past',
  'schedule_too_far',
  'withdrawal_unconfirmed',
  'language_not_declared',
  'chapter_taken_over',
  'chapter_there_already',
  // register import
  'import_wrong_columns',
  'import_unreadable',
  'import_rows_invalid',
  'import_empty',
  'import_too_large',
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Small facts that the words of a refusal may name: seconds, a date, a line number. Never personal data. */
export type RefusalDetail = Readonly<Record<string, string | number>>;

/** Thrown when an act cannot go on for a reason that the person should hear. Anything else thrown is a fault. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly detail: RefusalDetail;
  constructor(code: RefusalCode, detail: RefusalDetail = {}) {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}
