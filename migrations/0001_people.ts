import { sql, type Kysely } from 'kysely';

/** Commissions and their offices, the register's drivers, officers, and what each signs in with. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
    end $$;

    create table commission (
      code text primary key check (code ~ '^[a-z]{3,20}$'),
      name_ja text not null,
      name_en text not null,
      phone text,
      reservation_url text,
      photo_retention_days integer not null default 30 check (photo_retention_days between 0 and 3650)
    );

    create table office (
      id uuid primary key default gen_random_uuid(),
      commission_code text not null references commission,
      kind text not null check (kind in ('licenceCentre', 'policeStation')),
      name_ja text not null,
      name_en text not null,
      unique (commission_code, name_ja)
    );

    create table officer (
      id uuid primary key default gen_random_uuid(),
      role text not null check (role in ('counterOfficer', 'administrator')),
      name text not null,
      commission_code text not null references commission,
      office_id uuid references office,
      created_at timestamptz not null default now(),
      disabled_at timestamptz,
      check (role = 'administrator' or office_id is not null)
    );

    create table invitation (
      token_sha256 bytea primary key check (octet_length(token_sha256) = 32),
      officer_id uuid not null references officer,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      used_at timestamptz
    );

    create table passkey (
      id text primary key,
      officer_id uuid not null references officer,
      public_key bytea not null,
      counter bigint not null default 0,
      transports text[] not null default '{}',
      created_at timestamptz not null default now(),
      last_used_at timestamptz
    );

    create table register_import (
      id uuid primary key default gen_random_uuid(),
      imported_at timestamptz not null default now(),
      imported_by uuid references officer,
      file_name text not null,
      file_sha256 bytea not null,
      row_count integer not null check (row_count >= 0)
    );

    -- What the driver management system (運転者管理システム) told us last. Authoritative; nothing here is computed by us.
    create table driver (
      id uuid primary key default gen_random_uuid(),
      licence_number text not null unique check (licence_number ~ '^[0-9]{12}$'),
      name text not null,
      birth_date date not null,
      address text not null,
      home_commission_code text not null references commission,
      lecture_class text not null check (lecture_class in ('excellent', 'general', 'violation', 'firstRenewal', 'senior')),
      class_as_of date not null,
      holding_type text not null check (holding_type in ('cardOnly', 'mynaOnly', 'both')),
      card_recorded_on date,
      expiry_date date not null,
      signing_certificate_submitted_on date,
      portal_linked_on date,
      suspended_until date,
      portrait_key text,
      import_id uuid not null references register_import,
      updated_at timestamptz not null default now(),
      check ((holding_type = 'cardOnly') or card_recorded_on is not null)
    );

    -- An authentication certificate linked to a driver. Keyed by (anchor, serial) and the SHA-256 of its public key.
    create table credential (
      id uuid primary key default gen_random_uuid(),
      driver_id uuid not null references driver,
      method text not null check (method in ('challenge', 'tls', 'oidc')),
      anchor_id text not null,
      serial text not null,
      spki_sha256 bytea not null check (octet_length(spki_sha256) = 32),
      linked_at timestamptz not null default now(),
      replaced_at timestamptz,
      last_used_at timestamptz,
      unique (anchor_id, serial)
    );
    create index credential_driver on credential (driver_id);
  `.execute(db);
}
