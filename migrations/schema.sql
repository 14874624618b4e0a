-- What the migrations make, written by `npm run db:types`. For reading and for comparing, not for running.

-- columns
answer.id bigint not null
answer.attendance_id uuid not null
answer.chapter_id uuid not null
answer.question_id uuid not null
answer.choice_id uuid not null
answer.is_right boolean not null
answer.answered_at timestamp with time zone not null
attendance.id uuid not null default gen_random_uuid()
attendance.driver_id uuid not null
attendance.edition_id uuid not null
attendance.lecture_class text not null
attendance.period_start date not null
attendance.period_end date not null
attendance.consented_at timestamp with time zone not null
attendance.consent_version text not null
attendance.started_at timestamp with time zone not null default now()
attendance.survey jsonb
attendance.survey_sent_at timestamp with time zone
attendance.completed_at timestamp with time zone
attendance.presence_answer_ms integer not null default 60000
attendance.language text not null default 'ja'::text
audit_event.id bigint not null
audit_event.at timestamp with time zone not null default now()
audit_event.actor_kind text not null
audit_event.actor_id uuid
audit_event.office_id uuid
audit_event.what text not null
audit_event.subject_kind text
audit_event.subject_id text
audit_event.request_id text
audit_event.detail jsonb not null default '{}'::jsonb
audit_seal.position bigint not null
audit_seal.event_id bigint not null
audit_seal.sha256 bytea not null
audit_unsealed.event_id bigint not null
challenge.id uuid not null default gen_random_uuid()
challenge.purpose text not null
challenge.value text not null
challenge.browser_sha256 bytea not null
challenge.created_at timestamp with time zone not null default now()
challenge.expires_at timestamp with time zone not null
challenge.consumed_at timestamp with time zone
chapter.id uuid not null default gen_random_uuid()
chapter.edition_id uuid not null
chapter.position integer not null
chapter.origin_chapter_id uuid
chapter_attendance.attendance_id uuid not null
chapter_attendance.chapter_id uuid not null
chapter_attendance.position integer not null
chapter_attendance.duration_ms integer not null
chapter_attendance.credited_ms integer not null default 0
chapter_attendance.reported_ms integer not null default 0
chapter_attendance.answered_at timestamp with time zone
chapter_attendance.photo_accepted_at timestamp with time zone
chapter_attendance.gate_ms integer
chapter_attendance.video_id uuid not null
chapter_attendance.question_id uuid
chapter_language.chapter_id uuid not null
chapter_language.language text not null
chapter_language.title text not null
chapter_language.video_id uuid
chapter_language.captions_vtt text
chapter_language.descriptions_vtt text
choice.id uuid not null default gen_random_uuid()
choice.question_id uuid not null
choice.position integer not null
choice.is_right boolean not null
choice_language.choice_id uuid not null
choice_language.language text not null
choice_language.text text not null
commission.code text not null
commission.name_ja text not null
commission.name_en text not null
commission.phone text
commission.reservation_url text
commission.photo_retention_days integer not null default 30
commission.presence_per_chapter integer not null default 0
commission.presence_answer_seconds integer not null default 60
commission.is_national boolean not null default false
commission.photo_upload_allowed boolean not null default false
commission.phone_hours_ja text
commission.phone_hours_en text
commission.inquiry_url text
completion_record.id uuid not null default gen_random_uuid()
completion_record.record_number text not null
completion_record.attendance_id uuid not null
completion_record.driver_id uuid not null
completion_record.edition_id uuid not null
completion_record.lecture_class text not null
completion_record.period_start date not null
completion_record.period_end date not null
completion_record.issued_at timestamp with time zone not null
completion_record.signing_key_id text not null
completion_record.state text not null default 'issued'::text
completion_record.version integer not null default 1
completion_record.proof text
counter_act.id bigint not null
counter_act.record_id uuid not null
counter_act.record_version integer not null
counter_act.kind text not null
counter_act.officer_id uuid not null
counter_act.office_id uuid not null
counter_act.at timestamp with time zone not null default now()
counter_act.reason text
counter_act.detail jsonb not null default '{}'::jsonb
counter_act.takes_back bigint
credential.id uuid not null default gen_random_uuid()
credential.driver_id uuid not null
credential.kind text not null
credential.anchor_id text
credential.serial text
credential.spki_sha256 bytea
credential.linked_at timestamp with time zone not null default now()
credential.replaced_at timestamp with time zone
credential.last_used_at timestamp with time zone
credential.issuer text
credential.subject text
credential.revoked_at timestamp with time zone
driver.id uuid not null default gen_random_uuid()
driver.licence_number text not null
driver.name text not null
driver.birth_date date not null
driver.address text not null
driver.home_commission_code text not null
driver.lecture_class text not null
driver.class_as_of date not null
driver.holding_type text not null
driver.card_recorded_on date
driver.expiry_date date not null
driver.signing_certificate_submitted_on date
driver.portal_linked_on date
driver.suspended_until date
driver.portrait_key text
driver.import_id uuid not null
driver.updated_at timestamp with time zone not null default now()
driver.lapse_kind text
driver.lapsed_on date
driver.not_in_whole_since timestamp with time zone
driver.deleted_at timestamp with time zone
edition.id uuid not null default gen_random_uuid()
edition.lecture_id uuid not null
edition.number integer not null
edition.state text not null default 'draft'::text
edition.created_by uuid
edition.created_at timestamp with time zone not null default now()
edition.published_at timestamp with time zone
edition.withdrawn_at timestamp with time zone
edition.total_ms integer
edition.version integer not null default 1
edition.languages text[] not null default '{ja,en}'::text[]
edition.scheduled_for timestamp with time zone
edition.schedule_fault jsonb
edition.withdrawal_reason text
exchange_certificate.sha256 bytea not null
exchange_certificate.partner_id uuid not null
exchange_certificate.added_at timestamp with time zone not null default now()
exchange_event.position bigint not null
exchange_event.id uuid not null default gen_random_uuid()
exchange_event.state text not null
exchange_event.record_id uuid not null
exchange_event.commission_code text not null
exchange_event.occurred_at timestamp with time zone not null
exchange_event.is_correction boolean not null default false
exchange_import.import_id uuid not null
exchange_import.partner_id uuid not null
exchange_import.received_at timestamp with time zone not null
exchange_import.idempotency_key text
exchange_import.content_sha256 bytea not null
exchange_import.answer jsonb not null
exchange_import.newly_missing_ids uuid[] not null default '{}'::uuid[]
exchange_partner.id uuid not null default gen_random_uuid()
exchange_partner.name text not null
exchange_partner.commission_code text
exchange_partner.purposes text[] not null
exchange_partner.created_at timestamp with time zone not null default now()
exchange_partner.disabled_at timestamp with time zone
exchange_partner.push_url text
exchange_partner.push_secret bytea
exchange_partner.push_secret_key_id text
exchange_partner.push_position bigint not null default 0
exchange_partner.push_failures integer not null default 0
exchange_partner.push_next_at timestamp with time zone
exchange_partner.push_stopped_at timestamp with time zone
exchange_partner.push_tried_at timestamp with time zone
exchange_partner.push_result text
face_photo.id uuid not null default gen_random_uuid()
face_photo.attendance_id uuid not null
face_photo.chapter_id uuid not null
face_photo.taken_at timestamp with time zone not null
face_photo.storage_key text not null
face_photo.sha256 bytea not null
face_photo.bytes integer not null
face_photo.width integer not null
face_photo.height integer not null
face_photo.delete_after date not null
face_photo.deleted_at timestamp with time zone
face_photo.source text not null default 'camera'::text
fee.fee_table_id bigint not null
fee.holding_before text not null
fee.holding_after text not null
fee.yen integer
fee_table.id bigint not null
fee_table.commission_code text
fee_table.valid_from date not null
fee_table.online_lecture_yen integer
fee_table.via_yen integer
fee_table.entered_by uuid
fee_table.entered_at timestamp with time zone not null default now()
first_link.id uuid not null default gen_random_uuid()
first_link.receipt_number text not null
first_link.state text not null default 'open'::text
first_link.method text not null
first_link.evidence jsonb not null default '{}'::jsonb
first_link.kind text not null
first_link.anchor_id text
first_link.serial text
first_link.spki_sha256 bytea
first_link.issuer text
first_link.subject text
first_link.browser_sha256 bytea not null
first_link.nonce text
first_link.document text
first_link.attempts integer not null default 0
first_link.created_at timestamp with time zone not null
first_link.presented_at timestamp with time zone not null
first_link.expires_at timestamp with time zone not null
first_link.signed_at timestamp with time zone
first_link.candidate_ids uuid[] not null default '{}'::uuid[]
first_link.driver_id uuid
first_link.differences text[] not null default '{}'::text[]
first_link.decided_by uuid
first_link.decided_at timestamp with time zone
first_link.decided_reason text
first_link.decided_note text
hand_over.id uuid not null
hand_over.secret_sha256 bytea not null
hand_over.browser_sha256 bytea not null
hand_over.browser text not null
hand_over.device text not null
hand_over.next text not null
hand_over.number smallint not null
hand_over.choices smallint[] not null
hand_over.created_at timestamp with time zone not null
hand_over.expires_at timestamp with time zone not null
hand_over.claimed_at timestamp with time zone
hand_over.phone_sha256 bytea
hand_over.approved_at timestamp with time zone
hand_over.credential_id uuid
hand_over.method text
hand_over.ended_at timestamp with time zone
invitation.token_sha256 bytea not null
invitation.officer_id uuid not null
invitation.created_at timestamp with time zone not null default now()
invitation.expires_at timestamp with time zone not null
invitation.used_at timestamp with time zone
lease_event.id bigint not null
lease_event.attendance_id uuid not null
lease_event.chapter_id uuid not null
lease_event.viewing_id uuid
lease_event.at timestamp with time zone not null
lease_event.kind text not null
lease_event.reason text
lease_event.detail jsonb not null default '{}'::jsonb
lecture.id uuid not null default gen_random_uuid()
lecture.commission_code text not null
lecture.lecture_class text not null
lecture.title_ja text not null
lecture.title_en text not null
lecture.created_at timestamp with time zone not null default now()
lecture_sign_in.attendance_id uuid not null
lecture_sign_in.session_id_sha256 text not null
lecture_sign_in.method text not null
lecture_sign_in.browser text not null
lecture_sign_in.device text not null
lecture_sign_in.signed_in_at timestamp with time zone not null
look_reason.id uuid not null default gen_random_uuid()
look_reason.officer_id uuid not null
look_reason.session_id_sha256 text not null
look_reason.driver_id uuid not null
look_reason.reason text not null
look_reason.words text
look_reason.given_at timestamp with time zone not null
office.id uuid not null default gen_random_uuid()
office.commission_code text not null
office.kind text not null
office.name_ja text not null
office.name_en text not null
office.same_day_issue boolean not null default false
office.same_day_recording boolean not null default false
office.disabled_at timestamp with time zone
officer.id uuid not null default gen_random_uuid()
officer.role text not null
officer.name text not null
officer.commission_code text not null
officer.office_id uuid
officer.created_at timestamp with time zone not null default now()
officer.disabled_at timestamp with time zone
officer.last_signed_in_at timestamp with time zone
officer.is_supervisor boolean not null default false
offline_conflict.id uuid not null default gen_random_uuid()
offline_conflict.decision_id uuid not null
offline_conflict.kind text not null
offline_conflict.refusal text
offline_conflict.commission_code text not null
offline_conflict.found_at timestamp with time zone not null
offline_conflict.resolved_at timestamp with time zone
offline_conflict.resolved_by uuid
offline_conflict.resolution text
offline_decision.id uuid not null
offline_decision.record_number text not null
offline_decision.record_id uuid
offline_decision.kind text not null
offline_decision.reason text
offline_decision.note text not null default ''::text
offline_decision.decided_at timestamp with time zone not null
offline_decision.decided_by uuid not null
offline_decision.office_id uuid not null
offline_decision.revoked_as_of timestamp with time zone not null
offline_decision.received_at timestamp with time zone not null
offline_decision.sent_by uuid not null
offline_decision.outcome text not null
passkey.id text not null
passkey.officer_id uuid not null
passkey.public_key bytea not null
passkey.counter bigint not null default 0
passkey.transports text[] not null default '{}'::text[]
passkey.created_at timestamp with time zone not null default now()
passkey.last_used_at timestamp with time zone
presence_check.id uuid not null default gen_random_uuid()
presence_check.attendance_id uuid not null
presence_check.chapter_id uuid not null
presence_check.position_ms integer not null
presence_check.first_asked_at timestamp with time zone
presence_check.asked_at timestamp with time zone
presence_check.asks integer not null default 0
presence_check.extended_at timestamp with time zone
presence_check.missed_count integer not null default 0
presence_check.passed_at timestamp with time zone
preview_answer.id bigint not null
preview_answer.edition_id uuid not null
preview_answer.edition_version integer not null
preview_answer.chapter_id uuid not null
preview_answer.question_id uuid not null
preview_answer.choice_id uuid not null
preview_answer.revision integer not null
preview_answer.language text not null
preview_answer.officer_id uuid not null
preview_answer.is_right boolean not null
preview_answer.answered_at timestamp with time zone not null
question.id uuid not null default gen_random_uuid()
question.chapter_id uuid not null
question.position integer not null
question.written_by uuid
question.revision integer not null default 1
question.checked_by uuid
question.checked_at timestamp with time zone
question_language.question_id uuid not null
question_language.language text not null
question_language.text text not null
question_language.explanation text not null
rate_limit.key character varying(255) not null
rate_limit.points integer not null default 0
rate_limit.expire bigint
register_import.id uuid not null default gen_random_uuid()
register_import.imported_at timestamp with time zone not null default now()
register_import.imported_by uuid
register_import.file_name text not null
register_import.file_sha256 bytea not null
register_import.row_count integer not null
register_import.partner_id uuid
register_import.mode text not null default 'changes'::text
sealed_picture.storage_key text not null
sealed_picture.wrapped_key bytea not null
sealed_picture.wrapping_key_id text not null
sealed_picture.clear_key text
session.id_sha256 text not null
session.person_kind text not null
session.person_id uuid not null
session.credential_id uuid
session.user_agent text not null default ''::text
session.created_at timestamp with time zone not null default now()
session.expires_at timestamp with time zone not null
session.method text not null
session.last_seen_at timestamp with time zone not null
uncounted_time.attendance_id uuid not null
uncounted_time.chapter_id uuid not null
uncounted_time.viewing_id uuid not null
uncounted_time.reason text not null
uncounted_time.minute integer not null
uncounted_time.reports integer not null default 1
uncounted_time.first_at timestamp with time zone not null
uncounted_time.last_at timestamp with time zone not null
uncounted_time.from_ms integer not null
uncounted_time.to_ms integer not null
uncounted_time.ms integer not null
upload.id text not null
upload.officer_id uuid not null
upload.title text not null
upload.file_name text not null
upload.bytes bigint not null
upload.file_modified_ms bigint not null
upload.begun_at timestamp with time zone not null
upload.touched_at timestamp with time zone not null
video.id uuid not null default gen_random_uuid()
video.title text not null
video.state text not null
video.refusal_code text
video.file_name text not null
video.source_key text not null
video.source_bytes bigint not null
video.progress_percent integer not null default 0
video.uploaded_by uuid
video.created_at timestamp with time zone not null default now()
video.ready_at timestamp with time zone
video.duration_ms integer
video.segment_starts_ms integer[]
video.media_prefix text
video.wrapped_secret bytea
video.wrapping_key_id text
video.inspection jsonb
video.remaining_ms bigint
video.still_count integer not null default 0
video.cover_still integer
viewing.id uuid not null default gen_random_uuid()
viewing.attendance_id uuid not null
viewing.chapter_id uuid not null
viewing.driver_id uuid not null
viewing.session_id_sha256 text not null
viewing.sequence integer not null default 0
viewing.opened_at timestamp with time zone not null
viewing.last_beat_at timestamp with time zone not null
viewing.run_from_ms integer not null
viewing.run_to_ms integer not null
viewing.run_started_at timestamp with time zone not null
viewing.run_ended_at timestamp with time zone not null
viewing.paused_since timestamp with time zone
viewing.closed_at timestamp with time zone
viewing.close_reason text
watched_interval.id bigint not null
watched_interval.attendance_id uuid not null
watched_interval.chapter_id uuid not null
watched_interval.viewing_id uuid not null
watched_interval.from_ms integer not null
watched_interval.to_ms integer not null
watched_interval.started_at timestamp with time zone not null
watched_interval.ended_at timestamp with time zone not null

-- constraints
answer: FOREIGN KEY (attendance_id, chapter_id) REFERENCES chapter_attendance(attendance_id, chapter_id)
answer: FOREIGN KEY (choice_id) REFERENCES choice(id)
answer: FOREIGN KEY (question_id) REFERENCES question(id)
answer: PRIMARY KEY (id)
answer: UNIQUE (attendance_id, chapter_id)
attendance: CHECK ((language ~ '^[a-z]{2,3}$'::text))
attendance: CHECK ((lecture_class = ANY (ARRAY['excellent'::text, 'general'::text])))
attendance: CHECK ((period_end > period_start))
attendance: CHECK ((presence_answer_ms > 0))
attendance: FOREIGN KEY (driver_id) REFERENCES driver(id)
attendance: FOREIGN KEY (edition_id) REFERENCES edition(id)
attendance: PRIMARY KEY (id)
attendance: UNIQUE (driver_id, period_start)
audit_event: CHECK ((actor_kind = ANY (ARRAY['learner'::text, 'officer'::text, 'system'::text, 'anonymous'::text])))
audit_event: FOREIGN KEY (office_id) REFERENCES office(id)
audit_event: PRIMARY KEY (id)
audit_seal: CHECK (("position" > 0))
audit_seal: CHECK ((octet_length(sha256) = 32))
audit_seal: FOREIGN KEY (event_id) REFERENCES audit_event(id)
audit_seal: PRIMARY KEY ("position")
audit_seal: UNIQUE (event_id)
audit_unsealed: PRIMARY KEY (event_id)
challenge: CHECK ((octet_length(browser_sha256) = 32))
challenge: CHECK ((purpose = ANY (ARRAY['cardSignIn'::text, 'cardReaderSignIn'::text, 'cardReaderTicket'::text, 'appSignIn'::text, 'appSignature'::text, 'passkeySignIn'::text, 'passkeyRegistration'::text])))
challenge: PRIMARY KEY (id)
chapter: CHECK (("position" >= 1))
chapter: FOREIGN KEY (edition_id) REFERENCES edition(id) ON DELETE CASCADE
chapter: FOREIGN KEY (origin_chapter_id) REFERENCES chapter(id)
chapter: PRIMARY KEY (id)
chapter: UNIQUE (edition_id, "position") DEFERRABLE INITIALLY DEFERRED
chapter_attendance: CHECK (((credited_ms <= reported_ms) AND (reported_ms <= duration_ms)))
chapter_attendance: CHECK (((gate_ms > 0) AND (gate_ms < duration_ms)))
chapter_attendance: CHECK ((credited_ms >= 0))
chapter_attendance: CHECK ((duration_ms > 0))
chapter_attendance: FOREIGN KEY (attendance_id) REFERENCES attendance(id)
chapter_attendance: FOREIGN KEY (chapter_id) REFERENCES chapter(id)
chapter_attendance: FOREIGN KEY (question_id) REFERENCES question(id)
chapter_attendance: FOREIGN KEY (video_id) REFERENCES video(id)
chapter_attendance: PRIMARY KEY (attendance_id, chapter_id)
chapter_language: CHECK ((language ~ '^[a-z]{2,3}$'::text))
chapter_language: FOREIGN KEY (chapter_id) REFERENCES chapter(id) ON DELETE CASCADE
chapter_language: FOREIGN KEY (video_id) REFERENCES video(id)
chapter_language: PRIMARY KEY (chapter_id, language)
choice: CHECK (("position" >= 1))
choice: EXCLUDE USING btree (question_id WITH =) WHERE (is_right) DEFERRABLE INITIALLY DEFERRED
choice: FOREIGN KEY (question_id) REFERENCES question(id) ON DELETE CASCADE
choice: PRIMARY KEY (id)
choice: UNIQUE (question_id, "position") DEFERRABLE INITIALLY DEFERRED
choice_language: CHECK ((language ~ '^[a-z]{2,3}$'::text))
choice_language: FOREIGN KEY (choice_id) REFERENCES choice(id) ON DELETE CASCADE
choice_language: PRIMARY KEY (choice_id, language)
commission: CHECK (((photo_retention_days >= 0) AND (photo_retention_days <= 3650)))
commission: CHECK (((presence_answer_seconds >= 20) AND (presence_answer_seconds <= 600)))
commission: CHECK (((presence_per_chapter >= 0) AND (presence_per_chapter <= 10)))
commission: CHECK ((code ~ '^[a-z]{3,20}$'::text))
commission: PRIMARY KEY (code)
completion_record: CHECK ((lecture_class = ANY (ARRAY['excellent'::text, 'general'::text])))
completion_record: CHECK ((state = ANY (ARRAY['issued'::text, 'referred'::text, 'checked'::text, 'rejected'::text, 'used'::text, 'voided'::text])))
completion_record: FOREIGN KEY (attendance_id) REFERENCES attendance(id)
completion_record: FOREIGN KEY (driver_id) REFERENCES driver(id)
completion_record: FOREIGN KEY (edition_id) REFERENCES edition(id)
completion_record: PRIMARY KEY (id)
completion_record: TRIGGER DEFERRABLE INITIALLY DEFERRED
completion_record: TRIGGER DEFERRABLE INITIALLY DEFERRED
completion_record: UNIQUE (attendance_id)
completion_record: UNIQUE (record_number)
counter_act: CHECK (((kind <> 'corrected'::text) OR (reason IS NOT NULL)))
counter_act: CHECK (((kind = 'corrected'::text) = (takes_back IS NOT NULL)))
counter_act: CHECK ((kind = ANY (ARRAY['accepted'::text, 'rejected'::text, 'referred'::text, 'aptitudeTest'::text, 'issued'::text, 'voided'::text, 'corrected'::text])))
counter_act: FOREIGN KEY (office_id) REFERENCES office(id)
counter_act: FOREIGN KEY (officer_id) REFERENCES officer(id)
counter_act: FOREIGN KEY (record_id) REFERENCES completion_record(id)
counter_act: FOREIGN KEY (record_id, takes_back) REFERENCES counter_act(record_id, id)
counter_act: PRIMARY KEY (id)
counter_act: UNIQUE (record_id, id)
counter_act: UNIQUE (record_id, record_version)
counter_act: UNIQUE (takes_back)
credential: CHECK (
CASE kind
    WHEN 'certificate'::text THEN ((num_nonnulls(anchor_id, serial, spki_sha256) = 3) AND (num_nonnulls(issuer, subject) = 0))
    WHEN 'oidc'::text THEN ((num_nonnulls(issuer, subject) = 2) AND (num_nonnulls(anchor_id, serial, spki_sha256) = 0))
    ELSE false
END)
credential: CHECK ((octet_length(spki_sha256) = 32))
credential: FOREIGN KEY (driver_id) REFERENCES driver(id)
credential: PRIMARY KEY (id)
credential: UNIQUE (anchor_id, serial)
credential: UNIQUE (issuer, subject)
driver: CHECK (((holding_type = 'cardOnly'::text) OR (card_recorded_on IS NOT NULL)))
driver: CHECK (((lapse_kind IS NULL) = (lapsed_on IS NULL)))
driver: CHECK (((licence_number ~ '^[0-9]{12}$'::text) OR ((deleted_at IS NOT NULL) AND (licence_number = ('deleted-'::text || id)))))
driver: CHECK ((holding_type = ANY (ARRAY['cardOnly'::text, 'mynaOnly'::text, 'both'::text])))
driver: CHECK ((lapse_kind = ANY (ARRAY['unavoidable'::text, 'illnessRevocation'::text, 'careless'::text])))
driver: CHECK ((lecture_class = ANY (ARRAY['excellent'::text, 'general'::text, 'violation'::text, 'firstRenewal'::text, 'senior'::text])))
driver: FOREIGN KEY (home_commission_code) REFERENCES commission(code)
driver: FOREIGN KEY (import_id) REFERENCES register_import(id)
driver: PRIMARY KEY (id)
driver: UNIQUE (licence_number)
edition: CHECK (
CASE
    WHEN (state = ANY (ARRAY['published'::text, 'withdrawn'::text])) THEN ((published_at IS NOT NULL) AND (total_ms IS NOT NULL))
    ELSE (published_at IS NULL)
END)
edition: CHECK (('ja'::text = ANY (languages)))
edition: CHECK (((state = 'scheduled'::text) = (scheduled_for IS NOT NULL)))
edition: CHECK (((state = 'withdrawn'::text) = (withdrawn_at IS NOT NULL)))
edition: CHECK ((number >= 1))
edition: CHECK ((state = ANY (ARRAY['draft'::text, 'ready'::text, 'scheduled'::text, 'published'::text, 'withdrawn'::text])))
edition: FOREIGN KEY (created_by) REFERENCES officer(id)
edition: FOREIGN KEY (lecture_id) REFERENCES lecture(id)
edition: PRIMARY KEY (id)
edition: UNIQUE (lecture_id, number)
exchange_certificate: CHECK ((octet_length(sha256) = 32))
exchange_certificate: FOREIGN KEY (partner_id) REFERENCES exchange_partner(id)
exchange_certificate: PRIMARY KEY (sha256)
exchange_event: PRIMARY KEY ("position")
exchange_event: UNIQUE (id)
exchange_import: CHECK ((octet_length(content_sha256) = 32))
exchange_import: FOREIGN KEY (import_id) REFERENCES register_import(id)
exchange_import: FOREIGN KEY (partner_id) REFERENCES exchange_partner(id)
exchange_import: PRIMARY KEY (import_id)
exchange_import: UNIQUE (partner_id, idempotency_key)
exchange_partner: CHECK (((purposes <@ ARRAY['register'::text, 'completions'::text]) AND (cardinality(purposes) > 0)))
exchange_partner: CHECK ((num_nulls(push_url, push_secret, push_secret_key_id) = ANY (ARRAY[0, 3])))
exchange_partner: FOREIGN KEY (commission_code) REFERENCES commission(code)
exchange_partner: PRIMARY KEY (id)
exchange_partner: UNIQUE (name)
face_photo: CHECK ((source = ANY (ARRAY['camera'::text, 'upload'::text])))
face_photo: FOREIGN KEY (attendance_id, chapter_id) REFERENCES chapter_attendance(attendance_id, chapter_id)
face_photo: PRIMARY KEY (id)
face_photo: UNIQUE (attendance_id, chapter_id)
fee: CHECK (((yen >= 0) AND (yen <= 100000)))
fee: CHECK ((holding_after = ANY (ARRAY['cardOnly'::text, 'mynaOnly'::text, 'both'::text])))
fee: CHECK ((holding_before = ANY (ARRAY['cardOnly'::text, 'mynaOnly'::text, 'both'::text])))
fee: FOREIGN KEY (fee_table_id) REFERENCES fee_table(id)
fee: PRIMARY KEY (fee_table_id, holding_before, holding_after)
fee_table: CHECK (((online_lecture_yen >= 0) AND (online_lecture_yen <= 100000)))
fee_table: CHECK (((via_yen >= 0) AND (via_yen <= 100000)))
fee_table: FOREIGN KEY (commission_code) REFERENCES commission(code)
fee_table: FOREIGN KEY (entered_by) REFERENCES officer(id)
fee_table: PRIMARY KEY (id)
first_link: CHECK (
CASE kind
    WHEN 'certificate'::text THEN ((num_nonnulls(anchor_id, serial, spki_sha256) = 3) AND (num_nonnulls(issuer, subject) = 0))
    WHEN 'oidc'::text THEN ((num_nonnulls(issuer, subject) = 2) AND (num_nonnulls(anchor_id, serial, spki_sha256) = 0))
    ELSE false
END)
first_link: CHECK (((document IS NULL) OR (state = 'open'::text)))
first_link: CHECK (((nonce IS NULL) = (document IS NULL)))
first_link: CHECK (((state <> 'awaitingOfficer'::text) OR ((signed_at IS NOT NULL) AND (cardinality(candidate_ids) > 0))))
first_link: CHECK (((state <> 'linked'::text) OR (driver_id IS NOT NULL)))
first_link: CHECK ((attempts >= 0))
first_link: CHECK ((method = ANY (ARRAY['challenge'::text, 'tls'::text, 'oidc'::text])))
first_link: CHECK ((octet_length(browser_sha256) = 32))
first_link: CHECK ((octet_length(spki_sha256) = 32))
first_link: CHECK ((receipt_number ~ '^L[0-9]{8}$'::text))
first_link: CHECK ((state = ANY (ARRAY['open'::text, 'awaitingOfficer'::text, 'linked'::text, 'declined'::text, 'expired'::text])))
first_link: FOREIGN KEY (decided_by) REFERENCES officer(id)
first_link: FOREIGN KEY (driver_id) REFERENCES driver(id)
first_link: PRIMARY KEY (id)
first_link: UNIQUE (receipt_number)
hand_over: CHECK (((approved_at IS NULL) = (credential_id IS NULL)))
hand_over: CHECK (((approved_at IS NULL) = (method IS NULL)))
hand_over: CHECK (((approved_at IS NULL) OR (claimed_at IS NOT NULL)))
hand_over: CHECK (((cardinality(choices) = 3) AND (number = ANY (choices))))
hand_over: CHECK (((claimed_at IS NULL) = (phone_sha256 IS NULL)))
hand_over: CHECK (((number >= 10) AND (number <= 99)))
hand_over: CHECK ((method = ANY (ARRAY['challenge'::text, 'tls'::text, 'oidc'::text])))
hand_over: CHECK ((octet_length(browser_sha256) = 32))
hand_over: CHECK ((octet_length(phone_sha256) = 32))
hand_over: CHECK ((octet_length(secret_sha256) = 32))
hand_over: FOREIGN KEY (credential_id) REFERENCES credential(id) ON DELETE CASCADE
hand_over: PRIMARY KEY (id)
invitation: CHECK ((octet_length(token_sha256) = 32))
invitation: FOREIGN KEY (officer_id) REFERENCES officer(id)
invitation: PRIMARY KEY (token_sha256)
lease_event: CHECK ((kind = ANY (ARRAY['opened'::text, 'closed'::text, 'refused'::text, 'gate'::text, 'answer'::text, 'photo'::text, 'presence'::text])))
lease_event: FOREIGN KEY (attendance_id) REFERENCES attendance(id)
lease_event: FOREIGN KEY (viewing_id) REFERENCES viewing(id)
lease_event: PRIMARY KEY (id)
lecture: CHECK ((lecture_class = ANY (ARRAY['excellent'::text, 'general'::text])))
lecture: FOREIGN KEY (commission_code) REFERENCES commission(code)
lecture: PRIMARY KEY (id)
lecture_sign_in: FOREIGN KEY (attendance_id) REFERENCES attendance(id)
lecture_sign_in: PRIMARY KEY (attendance_id, session_id_sha256)
look_reason: CHECK (((reason <> 'other'::text) OR (words IS NOT NULL)))
look_reason: CHECK (((words IS NULL) OR ((char_length(words) >= 1) AND (char_length(words) <= 200))))
look_reason: CHECK ((reason = ANY (ARRAY['viaRenewal'::text, 'movingIn'::text, 'inquiry'::text, 'other'::text])))
look_reason: FOREIGN KEY (driver_id) REFERENCES driver(id)
look_reason: FOREIGN KEY (officer_id) REFERENCES officer(id)
look_reason: PRIMARY KEY (id)
office: CHECK ((kind = ANY (ARRAY['licenceCentre'::text, 'policeStation'::text])))
office: FOREIGN KEY (commission_code) REFERENCES commission(code)
office: PRIMARY KEY (id)
office: UNIQUE (commission_code, name_ja)
officer: CHECK (((NOT is_supervisor) OR (role = 'counterOfficer'::text)))
officer: CHECK (((role = 'administrator'::text) OR (office_id IS NOT NULL)))
officer: CHECK ((role = ANY (ARRAY['counterOfficer'::text, 'administrator'::text])))
officer: FOREIGN KEY (commission_code) REFERENCES commission(code)
officer: FOREIGN KEY (office_id) REFERENCES office(id)
officer: PRIMARY KEY (id)
offline_conflict: CHECK ((((resolved_at IS NULL) = (resolved_by IS NULL)) AND ((resolved_at IS NULL) = (resolution IS NULL))))
offline_conflict: CHECK ((kind = ANY (ARRAY['usedTwice'::text, 'voidedMeanwhile'::text, 'decidedOtherwise'::text, 'notAllowed'::text, 'recordUnknown'::text, 'otherOfficer'::text])))
offline_conflict: CHECK ((resolution <> ''::text))
offline_conflict: FOREIGN KEY (commission_code) REFERENCES commission(code)
offline_conflict: FOREIGN KEY (decision_id) REFERENCES offline_decision(id)
offline_conflict: FOREIGN KEY (resolved_by) REFERENCES officer(id)
offline_conflict: PRIMARY KEY (id)
offline_conflict: UNIQUE (decision_id, kind)
offline_decision: CHECK ((kind = ANY (ARRAY['accepted'::text, 'rejected'::text])))
offline_decision: CHECK ((outcome = ANY (ARRAY['applied'::text, 'repeated'::text, 'conflict'::text])))
offline_decision: FOREIGN KEY (decided_by) REFERENCES officer(id)
offline_decision: FOREIGN KEY (office_id) REFERENCES office(id)
offline_decision: FOREIGN KEY (record_id) REFERENCES completion_record(id)
offline_decision: FOREIGN KEY (sent_by) REFERENCES officer(id)
offline_decision: PRIMARY KEY (id)
passkey: FOREIGN KEY (officer_id) REFERENCES officer(id)
passkey: PRIMARY KEY (id)
presence_check: CHECK ((position_ms > 0))
presence_check: FOREIGN KEY (attendance_id, chapter_id) REFERENCES chapter_attendance(attendance_id, chapter_id)
presence_check: PRIMARY KEY (id)
presence_check: UNIQUE (attendance_id, chapter_id, position_ms)
preview_answer: FOREIGN KEY (edition_id) REFERENCES edition(id)
preview_answer: FOREIGN KEY (officer_id) REFERENCES officer(id)
preview_answer: PRIMARY KEY (id)
question: CHECK (("position" >= 1))
question: CHECK (((checked_by IS NULL) = (checked_at IS NULL)))
question: CHECK (((checked_by IS NULL) OR (checked_by IS DISTINCT FROM written_by)))
question: FOREIGN KEY (chapter_id) REFERENCES chapter(id) ON DELETE CASCADE
question: FOREIGN KEY (checked_by) REFERENCES officer(id)
question: FOREIGN KEY (written_by) REFERENCES officer(id)
question: PRIMARY KEY (id)
question: UNIQUE (chapter_id, "position") DEFERRABLE INITIALLY DEFERRED
question_language: CHECK ((language ~ '^[a-z]{2,3}$'::text))
question_language: FOREIGN KEY (question_id) REFERENCES question(id) ON DELETE CASCADE
question_language: PRIMARY KEY (question_id, language)
rate_limit: PRIMARY KEY (key)
register_import: CHECK ((mode = ANY (ARRAY['changes'::text, 'whole'::text])))
register_import: CHECK ((row_count >= 0))
register_import: FOREIGN KEY (imported_by) REFERENCES officer(id)
register_import: FOREIGN KEY (partner_id) REFERENCES exchange_partner(id)
register_import: PRIMARY KEY (id)
sealed_picture: CHECK ((storage_key ~~ '%.sealed'::text))
sealed_picture: PRIMARY KEY (storage_key)
session: CHECK (
CASE person_kind
    WHEN 'officer'::text THEN (method = 'passkey'::text)
    ELSE (method = ANY (ARRAY['challenge'::text, 'tls'::text, 'oidc'::text]))
END)
session: CHECK ((person_kind = ANY (ARRAY['learner'::text, 'officer'::text])))
session: FOREIGN KEY (credential_id) REFERENCES credential(id)
session: PRIMARY KEY (id_sha256)
uncounted_time: CHECK (((ms >= 0) AND (ms <= (to_ms - from_ms))))
uncounted_time: CHECK ((from_ms >= 0))
uncounted_time: CHECK ((minute >= 0))
uncounted_time: CHECK ((reason = ANY (ARRAY['not_contiguous'::text, 'beyond_released'::text, 'malformed'::text, 'out_of_sequence'::text, 'expired'::text, 'superseded'::text, 'pausedTooLong'::text, 'signedOut'::text, 'periodOver'::text])))
uncounted_time: CHECK ((reports > 0))
uncounted_time: FOREIGN KEY (attendance_id, chapter_id) REFERENCES chapter_attendance(attendance_id, chapter_id)
uncounted_time: FOREIGN KEY (viewing_id) REFERENCES viewing(id)
uncounted_time: PRIMARY KEY (viewing_id, reason, minute)
upload: CHECK ((bytes > 0))
upload: CHECK ((id ~ '^[0-9a-f]{32}$'::text))
upload: FOREIGN KEY (officer_id) REFERENCES officer(id)
upload: PRIMARY KEY (id)
video: CHECK (((cover_still >= 0) AND (cover_still < still_count)))
video: CHECK (((progress_percent >= 0) AND (progress_percent <= 100)))
video: CHECK (((state <> 'ready'::text) OR ((duration_ms IS NOT NULL) AND (segment_starts_ms IS NOT NULL) AND (media_prefix IS NOT NULL) AND (wrapped_secret IS NOT NULL) AND (wrapping_key_id IS NOT NULL) AND (ready_at IS NOT NULL))))
video: CHECK (((state <> 'refused'::text) OR (refusal_code IS NOT NULL)))
video: CHECK ((duration_ms > 0))
video: CHECK ((jsonb_typeof(inspection) = 'object'::text))
video: CHECK ((remaining_ms >= 0))
video: CHECK ((source_bytes >= 0))
video: CHECK ((state = ANY (ARRAY['waiting'::text, 'inspecting'::text, 'transcoding'::text, 'packaging'::text, 'ready'::text, 'refused'::text, 'failed'::text, 'cancelled'::text])))
video: CHECK ((still_count >= 0))
video: FOREIGN KEY (uploaded_by) REFERENCES officer(id)
video: PRIMARY KEY (id)
video: UNIQUE (source_key)
viewing: CHECK (((closed_at IS NULL) = (close_reason IS NULL)))
viewing: CHECK ((close_reason = ANY (ARRAY['closed'::text, 'superseded'::text, 'expired'::text, 'chapterDone'::text, 'signedOut'::text, 'pausedTooLong'::text, 'presenceMissed'::text])))
viewing: CHECK ((run_to_ms >= run_from_ms))
viewing: FOREIGN KEY (attendance_id, chapter_id) REFERENCES chapter_attendance(attendance_id, chapter_id)
viewing: FOREIGN KEY (driver_id) REFERENCES driver(id)
viewing: PRIMARY KEY (id)
watched_interval: CHECK (((EXTRACT(epoch FROM (ended_at - started_at)) * (1000)::numeric) >= (((to_ms - from_ms) - 1))::numeric))
watched_interval: CHECK (((to_ms > from_ms) AND (from_ms >= 0)))
watched_interval: FOREIGN KEY (viewing_id) REFERENCES viewing(id)
watched_interval: PRIMARY KEY (id)

-- indexes
CREATE INDEX answer_question ON public.answer USING btree (question_id, choice_id) INCLUDE (attendance_id)
CREATE INDEX attendance_edition ON public.attendance USING btree (edition_id, started_at) INCLUDE (completed_at, id)
CREATE INDEX attendance_unfinished ON public.attendance USING btree (driver_id) WHERE (completed_at IS NULL)
CREATE INDEX audit_event_counter ON public.audit_event USING btree (office_id, at) INCLUDE (what, subject_id) WHERE (what = ANY (ARRAY['record.lookedUp'::text, 'driver.lookedUp'::text, 'record.checked'::text]))
CREATE INDEX audit_event_edition ON public.audit_event USING btree (((detail ->> 'editionId'::text))) WHERE ((detail ? 'editionId'::text) AND (actor_kind <> 'learner'::text))
CREATE INDEX audit_event_officer ON public.audit_event USING btree (at, id) WHERE (actor_kind = 'officer'::text)
CREATE INDEX audit_event_subject ON public.audit_event USING btree (subject_kind, subject_id)
CREATE INDEX challenge_expiry ON public.challenge USING btree (expires_at)
CREATE INDEX chapter_language_video ON public.chapter_language USING btree (video_id)
CREATE INDEX choice_one_right ON public.choice USING btree (question_id) WHERE is_right
CREATE INDEX completion_record_driver ON public.completion_record USING btree (driver_id)
CREATE INDEX completion_record_referred ON public.completion_record USING btree (id) WHERE (state = 'referred'::text)
CREATE INDEX completion_record_revoked ON public.completion_record USING btree (period_end, record_number) WHERE (state = ANY (ARRAY['voided'::text, 'used'::text, 'rejected'::text]))
CREATE INDEX counter_act_office ON public.counter_act USING btree (office_id, at)
CREATE INDEX credential_driver ON public.credential USING btree (driver_id)
CREATE INDEX driver_birth_date ON public.driver USING btree (birth_date)
CREATE INDEX driver_home ON public.driver USING btree (home_commission_code)
CREATE INDEX driver_name_without_spaces ON public.driver USING btree (translate(name, ' 　'::text, ''::text))
CREATE INDEX driver_portrait_clear ON public.driver USING btree (id) WHERE (portrait_key !~~ '%.sealed'::text)
CREATE INDEX edition_due ON public.edition USING btree (scheduled_for) WHERE (state = 'scheduled'::text)
CREATE INDEX exchange_event_commission ON public.exchange_event USING btree (commission_code, "position")
CREATE INDEX exchange_import_partner ON public.exchange_import USING btree (partner_id, received_at)
CREATE INDEX face_photo_clear ON public.face_photo USING btree (id) WHERE ((deleted_at IS NULL) AND (storage_key !~~ '%.sealed'::text))
CREATE INDEX face_photo_due ON public.face_photo USING btree (delete_after) WHERE (deleted_at IS NULL)
CREATE INDEX fee_table_commission ON public.fee_table USING btree (commission_code, valid_from)
CREATE INDEX first_link_browser ON public.first_link USING btree (browser_sha256, presented_at DESC)
CREATE INDEX first_link_lapsing ON public.first_link USING btree (expires_at) WHERE (state = ANY (ARRAY['open'::text, 'awaitingOfficer'::text]))
CREATE INDEX first_link_waiting ON public.first_link USING btree (signed_at) WHERE (state = 'awaitingOfficer'::text)
CREATE INDEX hand_over_expiry ON public.hand_over USING btree (expires_at)
CREATE INDEX lease_event_attendance ON public.lease_event USING btree (attendance_id)
CREATE INDEX lease_event_uncounted ON public.lease_event USING btree (chapter_id, reason) INCLUDE (attendance_id) WHERE ((kind = 'refused'::text) OR ((kind = 'presence'::text) AND (reason = 'missed'::text)))
CREATE INDEX look_reason_session ON public.look_reason USING btree (driver_id, session_id_sha256, given_at)
CREATE INDEX offline_conflict_open ON public.offline_conflict USING btree (commission_code, found_at) WHERE (resolved_at IS NULL)
CREATE INDEX offline_decision_record ON public.offline_decision USING btree (record_id)
CREATE INDEX preview_answer_question ON public.preview_answer USING btree (question_id, officer_id)
CREATE INDEX rate_limit_expire ON public.rate_limit USING btree (expire)
CREATE INDEX sealed_picture_clear ON public.sealed_picture USING btree (storage_key) WHERE (clear_key IS NOT NULL)
CREATE INDEX session_credential ON public.session USING btree (credential_id)
CREATE INDEX session_person ON public.session USING btree (person_kind, person_id)
CREATE INDEX uncounted_time_attendance ON public.uncounted_time USING btree (attendance_id)
CREATE INDEX uncounted_time_chapter ON public.uncounted_time USING btree (chapter_id, reason) INCLUDE (attendance_id)
CREATE INDEX upload_officer ON public.upload USING btree (officer_id)
CREATE INDEX upload_touched ON public.upload USING btree (touched_at)
CREATE INDEX viewing_attendance ON public.viewing USING btree (attendance_id)
CREATE INDEX viewing_opened ON public.viewing USING btree (driver_id, opened_at)
CREATE INDEX viewing_session ON public.viewing USING btree (session_id_sha256)
CREATE INDEX watched_interval_attendance ON public.watched_interval USING btree (attendance_id, chapter_id)
CREATE UNIQUE INDEX answer_attendance_id_chapter_id_key ON public.answer USING btree (attendance_id, chapter_id)
CREATE UNIQUE INDEX answer_pkey ON public.answer USING btree (id)
CREATE UNIQUE INDEX attendance_driver_id_period_start_key ON public.attendance USING btree (driver_id, period_start)
CREATE UNIQUE INDEX attendance_pkey ON public.attendance USING btree (id)
CREATE UNIQUE INDEX audit_event_pkey ON public.audit_event USING btree (id)
CREATE UNIQUE INDEX audit_seal_event_id_key ON public.audit_seal USING btree (event_id)
CREATE UNIQUE INDEX audit_seal_pkey ON public.audit_seal USING btree ("position")
CREATE UNIQUE INDEX audit_unsealed_pkey ON public.audit_unsealed USING btree (event_id)
CREATE UNIQUE INDEX challenge_pkey ON public.challenge USING btree (id)
CREATE UNIQUE INDEX chapter_attendance_pkey ON public.chapter_attendance USING btree (attendance_id, chapter_id)
CREATE UNIQUE INDEX chapter_edition_id_position_key ON public.chapter USING btree (edition_id, "position")
CREATE UNIQUE INDEX chapter_language_pkey ON public.chapter_language USING btree (chapter_id, language)
CREATE UNIQUE INDEX chapter_pkey ON public.chapter USING btree (id)
CREATE UNIQUE INDEX choice_language_pkey ON public.choice_language USING btree (choice_id, language)
CREATE UNIQUE INDEX choice_pkey ON public.choice USING btree (id)
CREATE UNIQUE INDEX choice_question_id_position_key ON public.choice USING btree (question_id, "position")
CREATE UNIQUE INDEX commission_pkey ON public.commission USING btree (code)
CREATE UNIQUE INDEX completion_record_attendance_id_key ON public.completion_record USING btree (attendance_id)
CREATE UNIQUE INDEX completion_record_pkey ON public.completion_record USING btree (id)
CREATE UNIQUE INDEX completion_record_record_number_key ON public.completion_record USING btree (record_number)
CREATE UNIQUE INDEX counter_act_pkey ON public.counter_act USING btree (id)
CREATE UNIQUE INDEX counter_act_record_id_id_key ON public.counter_act USING btree (record_id, id)
CREATE UNIQUE INDEX counter_act_record_id_record_version_key ON public.counter_act USING btree (record_id, record_version)
CREATE UNIQUE INDEX counter_act_takes_back_key ON public.counter_act USING btree (takes_back)
CREATE UNIQUE INDEX credential_anchor_id_serial_key ON public.credential USING btree (anchor_id, serial)
CREATE UNIQUE INDEX credential_pkey ON public.credential USING btree (id)
CREATE UNIQUE INDEX credential_subject ON public.credential USING btree (issuer, subject)
CREATE UNIQUE INDEX driver_licence_number_key ON public.driver USING btree (licence_number)
CREATE UNIQUE INDEX driver_pkey ON public.driver USING btree (id)
CREATE UNIQUE INDEX edition_lecture_id_number_key ON public.edition USING btree (lecture_id, number)
CREATE UNIQUE INDEX edition_pkey ON public.edition USING btree (id)
CREATE UNIQUE INDEX edition_published ON public.edition USING btree (lecture_id) WHERE (state = 'published'::text)
CREATE UNIQUE INDEX edition_scheduled ON public.edition USING btree (lecture_id) WHERE (state = 'scheduled'::text)
CREATE UNIQUE INDEX exchange_certificate_pkey ON public.exchange_certificate USING btree (sha256)
CREATE UNIQUE INDEX exchange_event_id_key ON public.exchange_event USING btree (id)
CREATE UNIQUE INDEX exchange_event_pkey ON public.exchange_event USING btree ("position")
CREATE UNIQUE INDEX exchange_import_partner_id_idempotency_key_key ON public.exchange_import USING btree (partner_id, idempotency_key)
CREATE UNIQUE INDEX exchange_import_pkey ON public.exchange_import USING btree (import_id)
CREATE UNIQUE INDEX exchange_partner_name_key ON public.exchange_partner USING btree (name)
CREATE UNIQUE INDEX exchange_partner_pkey ON public.exchange_partner USING btree (id)
CREATE UNIQUE INDEX face_photo_attendance_id_chapter_id_key ON public.face_photo USING btree (attendance_id, chapter_id)
CREATE UNIQUE INDEX face_photo_pkey ON public.face_photo USING btree (id)
CREATE UNIQUE INDEX fee_pkey ON public.fee USING btree (fee_table_id, holding_before, holding_after)
CREATE UNIQUE INDEX fee_table_pkey ON public.fee_table USING btree (id)
CREATE UNIQUE INDEX first_link_pkey ON public.first_link USING btree (id)
CREATE UNIQUE INDEX first_link_receipt_number_key ON public.first_link USING btree (receipt_number)
CREATE UNIQUE INDEX hand_over_pkey ON public.hand_over USING btree (id)
CREATE UNIQUE INDEX invitation_pkey ON public.invitation USING btree (token_sha256)
CREATE UNIQUE INDEX lease_event_pkey ON public.lease_event USING btree (id)
CREATE UNIQUE INDEX lecture_pkey ON public.lecture USING btree (id)
CREATE UNIQUE INDEX lecture_sign_in_pkey ON public.lecture_sign_in USING btree (attendance_id, session_id_sha256)
CREATE UNIQUE INDEX look_reason_pkey ON public.look_reason USING btree (id)
CREATE UNIQUE INDEX office_commission_code_name_ja_key ON public.office USING btree (commission_code, name_ja)
CREATE UNIQUE INDEX office_pkey ON public.office USING btree (id)
CREATE UNIQUE INDEX officer_pkey ON public.officer USING btree (id)
CREATE UNIQUE INDEX offline_conflict_decision_id_kind_key ON public.offline_conflict USING btree (decision_id, kind)
CREATE UNIQUE INDEX offline_conflict_pkey ON public.offline_conflict USING btree (id)
CREATE UNIQUE INDEX offline_decision_pkey ON public.offline_decision USING btree (id)
CREATE UNIQUE INDEX passkey_pkey ON public.passkey USING btree (id)
CREATE UNIQUE INDEX presence_check_attendance_id_chapter_id_position_ms_key ON public.presence_check USING btree (attendance_id, chapter_id, position_ms)
CREATE UNIQUE INDEX presence_check_pkey ON public.presence_check USING btree (id)
CREATE UNIQUE INDEX preview_answer_pkey ON public.preview_answer USING btree (id)
CREATE UNIQUE INDEX question_language_pkey ON public.question_language USING btree (question_id, language)
CREATE UNIQUE INDEX question_pkey ON public.question USING btree (id)
CREATE UNIQUE INDEX question_position ON public.question USING btree (chapter_id, "position")
CREATE UNIQUE INDEX rate_limit_pkey ON public.rate_limit USING btree (key)
CREATE UNIQUE INDEX register_import_pkey ON public.register_import USING btree (id)
CREATE UNIQUE INDEX sealed_picture_pkey ON public.sealed_picture USING btree (storage_key)
CREATE UNIQUE INDEX session_pkey ON public.session USING btree (id_sha256)
CREATE UNIQUE INDEX uncounted_time_pkey ON public.uncounted_time USING btree (viewing_id, reason, minute)
CREATE UNIQUE INDEX upload_pkey ON public.upload USING btree (id)
CREATE UNIQUE INDEX video_pkey ON public.video USING btree (id)
CREATE UNIQUE INDEX video_source_key_key ON public.video USING btree (source_key)
CREATE UNIQUE INDEX viewing_live ON public.viewing USING btree (driver_id) WHERE (closed_at IS NULL)
CREATE UNIQUE INDEX viewing_pkey ON public.viewing USING btree (id)
CREATE UNIQUE INDEX watched_interval_pkey ON public.watched_interval USING btree (id)

-- triggers
CREATE TRIGGER answer_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.answer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER audit_event_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER audit_event_unsealed AFTER INSERT ON public.audit_event FOR EACH ROW EXECUTE FUNCTION note_unsealed()
CREATE TRIGGER audit_seal_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_seal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER chapter_guard BEFORE INSERT OR DELETE OR UPDATE ON public.chapter FOR EACH ROW EXECUTE FUNCTION guard_chapter()
CREATE TRIGGER chapter_language_guard BEFORE INSERT OR DELETE OR UPDATE ON public.chapter_language FOR EACH ROW EXECUTE FUNCTION guard_of_chapter()
CREATE TRIGGER choice_guard BEFORE INSERT OR DELETE OR UPDATE ON public.choice FOR EACH ROW EXECUTE FUNCTION guard_of_question()
CREATE TRIGGER choice_language_guard BEFORE INSERT OR DELETE OR UPDATE ON public.choice_language FOR EACH ROW EXECUTE FUNCTION guard_of_choice()
CREATE CONSTRAINT TRIGGER completion_record_issued AFTER INSERT ON public.completion_record DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION append_exchange_event()
CREATE CONSTRAINT TRIGGER completion_record_moved AFTER UPDATE OF state ON public.completion_record DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION append_exchange_event()
CREATE TRIGGER counter_act_append_only BEFORE DELETE OR TRUNCATE ON public.counter_act FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER counter_act_guard BEFORE UPDATE ON public.counter_act FOR EACH ROW EXECUTE FUNCTION guard_counter_act()
CREATE TRIGGER edition_guard BEFORE DELETE OR UPDATE ON public.edition FOR EACH ROW EXECUTE FUNCTION guard_edition()
CREATE TRIGGER exchange_event_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.exchange_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER fee_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.fee FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER fee_table_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.fee_table FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER lease_event_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.lease_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER offline_decision_append_only BEFORE DELETE OR TRUNCATE ON public.offline_decision FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER offline_decision_guard BEFORE UPDATE ON public.offline_decision FOR EACH ROW EXECUTE FUNCTION guard_offline_decision()
CREATE TRIGGER preview_answer_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.preview_answer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER question_guard BEFORE INSERT OR DELETE OR UPDATE ON public.question FOR EACH ROW EXECUTE FUNCTION guard_of_chapter()
CREATE TRIGGER question_language_guard BEFORE INSERT OR DELETE OR UPDATE ON public.question_language FOR EACH ROW EXECUTE FUNCTION guard_of_question()
CREATE TRIGGER uncounted_time_kept BEFORE DELETE OR TRUNCATE ON public.uncounted_time FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER watched_interval_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.watched_interval FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
