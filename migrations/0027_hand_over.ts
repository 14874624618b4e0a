import { sql, type Kysely } from 'kysely';

/** One device is signed in by the card step on another: what is known of it for some minutes. Secrets as SHA-256 only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table hand_over (
      id uuid primary key,
      -- Of the QR code.
      secret_sha256 bytea not null check (octet_length(secret_sha256) = 32),
      -- Of the device that shows it, and is to be signed in.
      browser_sha256 bytea not null check (octet_length(browser_sha256) = 32),
      browser text not null,
      device text not null,
      next text not null,
      -- The number that it shows, and those among which the other device is to choose.
      number smallint not null check (number between 10 and 99),
      choices smallint[] not null check (cardinality(choices) = 3 and number = any (choices)),
      created_at timestamptz not null,
      expires_at timestamptz not null,
      claimed_at timestamptz,
      phone_sha256 bytea check (octet_length(phone_sha256) = 32),
      approved_at timestamptz,
      credential_id uuid references credential on delete cascade,
      method text check (method in ('challenge', 'tls', 'oidc')),
      ended_at timestamptz,
      check ((claimed_at is null) = (phone_sha256 is null)),
      check (approved_at is null or claimed_at is not null),
      check ((approved_at is null) = (credential_id is null)),
      check ((approved_at is null) = (method is null))
    );
    create index hand_over_expiry on hand_over (expires_at);
  `.execute(db);
}
