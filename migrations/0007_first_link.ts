import { sql, type Kysely } from 'kysely';

/** 初回連携: a credential that was proved and belongs to nobody yet, on its way to a driver. No personal data: who the person is, is compared and forgotten. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table first_link (
      id uuid primary key default gen_random_uuid(),
      receipt_number text not null unique check (receipt_number ~ '^L[0-9]{8}$'),
      state text not null default 'open' check (state in ('open', 'awaitingOfficer', 'linked', 'declined', 'expired')),
      -- The credential that was proved, as in the table of credentials, and how.
      method text not null check (method in ('challenge', 'tls', 'oidc')),
      evidence jsonb not null default '{}',
      kind text not null,
      anchor_id text,
      serial text,
      spki_sha256 bytea check (octet_length(spki_sha256) = 32),
      issuer text,
      subject text,
      browser_sha256 bytea not null check (octet_length(browser_sha256) = 32),
      -- What is to be signed; taken away by the first answer, whatever it is.
      nonce text,
      document text,
      attempts integer not null default 0 check (attempts >= 0),
      created_at timestamptz not null,
      presented_at timestamptz not null,
      expires_at timestamptz not null,
      signed_at timestamptz,
      -- Whom the register may mean; one of them once it is linked.
      candidate_ids uuid[] not null default '{}',
      driver_id uuid references driver,
      differences text[] not null default '{}',
      decided_by uuid references officer,
      decided_at timestamptz,
      decided_reason text,
      decided_note text,
      check (
        case kind
          when 'certificate' then num_nonnulls(anchor_id, serial, spki_sha256) = 3 and num_nonnulls(issuer, subject) = 0
          when 'oidc' then num_nonnulls(issuer, subject) = 2 and num_nonnulls(anchor_id, serial, spki_sha256) = 0
          else false
        end),
      check ((nonce is null) = (document is null)),
      check (document is null or state = 'open'),
      check (state <> 'linked' or driver_id is not null),
      check (state <> 'awaitingOfficer' or (signed_at is not null and cardinality(candidate_ids) > 0))
    );
    create index first_link_browser on first_link (browser_sha256, presented_at desc);
    create index first_link_waiting on first_link (signed_at) where state = 'awaitingOfficer';
    create index first_link_lapsing on first_link (expires_at) where state in ('open', 'awaitingOfficer');

    -- Whom a signing certificate means is looked for by birth date, and by name where the date is not known.
    create index driver_birth_date on driver (birth_date);
    create index driver_name_without_spaces on driver (translate(name, ' \u3000', ''));
  `.execute(db);
}
