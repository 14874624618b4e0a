import { sql, type Kysely } from 'kysely';

/**
 * One table for all that a learner may sign in with: a certificate (however its signature reached us) and the authentication app, which tells
 * no certificate but an issuer and a subject.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table credential drop constraint credential_method_check;
    update credential set method = 'certificate';
    alter table credential rename column method to kind;
    alter table credential
      alter column anchor_id drop not null,
      alter column serial drop not null,
      alter column spki_sha256 drop not null,
      add column issuer text,
      add column subject text,
      add column revoked_at timestamptz,
      add constraint credential_subject unique (issuer, subject),
      add constraint credential_kind_check check (
        case kind
          when 'certificate' then num_nonnulls(anchor_id, serial, spki_sha256) = 3 and num_nonnulls(issuer, subject) = 0
          when 'oidc' then num_nonnulls(issuer, subject) = 2 and num_nonnulls(anchor_id, serial, spki_sha256) = 0
          else false
        end);

    alter table challenge drop constraint challenge_purpose_check;
    alter table challenge add constraint challenge_purpose_check check (purpose in (
      'cardSignIn', 'cardReaderSignIn', 'cardReaderTicket', 'appSignIn', 'appSignature',
      'passkeySignIn', 'passkeyRegistration'));
  `.execute(db);
}
