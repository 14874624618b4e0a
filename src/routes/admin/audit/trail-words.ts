import { lookReasonWords } from '#lib/components/look-words.ts';
import { LOOK_REASONS } from '#lib/domain/audit/looks.ts';
import { formatRecordNumber } from '#lib/domain/records/record-number.ts';
import { m } from '#lib/paraglide/messages.js';
import type { TrailEvent } from '#lib/server/audit/list-trail.ts';
import { historyWords } from '../lectures/history-words.ts';

/** What is asked for most comes first; what has no words here is shown by its name. */
export const TRAIL_WORDS: Readonly<Record<string, () => string>> = {
  'record.checked': m.audit_did_record_checked,
  'record.lookedUp': m.audit_did_record_lookedUp,
  'driver.lookedUp': m.audit_did_driver_lookedUp,
  'driver.reasonGiven': m.audit_did_driver_reasonGiven,
  'record.accepted': m.audit_did_record_accepted,
  'record.rejected': m.audit_did_record_rejected,
  'record.referred': m.audit_did_record_referred,
  'record.corrected': m.audit_did_record_corrected,
  'record.voided': m.audit_did_record_voided,
  'record.aptitudeTest': m.audit_did_record_tested,
  'record.issued': m.audit_did_record_used,
  'firstLink.checked': m.audit_did_firstLink_checked,
  'firstLink.approved': m.audit_did_firstLink_approved,
  'firstLink.declined': m.audit_did_firstLink_declined,
  'session.begun': m.audit_did_session_begun,
  'session.ended': m.audit_did_session_ended,
  'passkey.registered': m.audit_did_passkey_registered,
  'passkey.removed': m.audit_did_passkey_removed,
  'officer.added': m.audit_did_officer_added,
  'officer.invited': m.audit_did_officer_invited,
  'officer.disabled': m.audit_did_officer_disabled,
  'officer.enabled': m.audit_did_officer_enabled,
  'officer.madeSupervisor': m.audit_did_officer_madeSupervisor,
  'officer.unmadeSupervisor': m.audit_did_officer_unmadeSupervisor,
  'register.imported': m.audit_did_register_imported,
  'register.portraitImported': m.audit_did_register_portraitImported,
  'credential.reinstated': m.audit_did_credential_reinstated,
  'presence.set': m.audit_did_presence_set,
  'contact.set': m.audit_did_contact_set,
  'photoUpload.set': m.audit_did_photoUpload_set,
  'records.listedReferred': m.audit_did_records_listedReferred,
  'offline.flagged': m.audit_did_offline_flagged,
  'offline.refused': m.audit_did_offline_refused,
  'offline.resolved': m.audit_did_offline_resolved,
  'feeTable.added': m.audit_did_feeTable_added,
  'office.added': m.audit_did_office_added,
  'office.changed': m.audit_did_office_changed,
  'trail.exported': m.audit_did_trail_exported,
  'video.uploaded': m.audit_did_video_uploaded,
  'video.cancelled': m.audit_did_video_cancelled,
  'video.retried': m.audit_did_video_retried,
  'upload.discarded': m.audit_did_upload_discarded,
  'lecture.created': m.audit_did_lecture_created,
  'edition.published': m.audit_did_edition_published,
  'edition.withdrawn': m.audit_did_edition_withdrawn,
};

/** What stands in an edition's history says it as there. */
export const trailWords = ({ what, detail }: Pick<TrailEvent, 'what' | 'detail'>): string =>
  TRAIL_WORDS[what]?.() ?? historyWords(what, detail);

/** The record that it was about, and why it was looked at. */
export function subjectLines({ recordNumber, detail, words }: TrailEvent): string[] {
  const reason = LOOK_REASONS.find((known) => known === detail['reason']);
  return [
    ...(recordNumber === null ? [] : [formatRecordNumber(recordNumber)]),
    ...(reason === undefined ? [] : [lookReasonWords(reason)]),
    ...(words === null ? [] : [words]),
  ];
}
