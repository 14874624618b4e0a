import { z } from 'zod';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { findOfficerOf, listOfficersOf, listOfficesOf } from './administration.queries.ts';
import type { OfficerRole } from './officer.queries.ts';

export const OfficerId = z.uuid();

export interface OfficerView {
  readonly id: string;
  readonly name: string;
  readonly role: OfficerRole;
  /** Counter officers only. */
  readonly isSupervisor: boolean;
  /** Null: an administrator of the whole commission. */
  readonly office: { readonly nameJa: string; readonly nameEn: string } | null;
  readonly passkeyCount: number;
  readonly lastSignedInAt: Date | null;
  /** `notInvited`: has nothing to sign in with, and no link to make a passkey by. */
  readonly state: 'active' | 'invited' | 'notInvited' | 'disabled';
  readonly disabledAt: Date | null;
  readonly invitedUntil: Date | null;
  readonly isOneself: boolean;
}

type Row = Awaited<ReturnType<typeof listOfficersOf>>[number];

function stateOf({ disabledAt, passkeyCount, invitedUntil }: Row): OfficerView['state'] {
  if (disabledAt !== null) return 'disabled';
  if (passkeyCount > 0) return 'active';
  return invitedUntil === null ? 'notInvited' : 'invited';
}

function view(administrator: Administrator, row: Row): OfficerView {
  const { officeNameJa, officeNameEn, ...officer } = row;
  return {
    ...officer,
    office:
      officeNameJa === null || officeNameEn === null ? null : { nameJa: officeNameJa, nameEn: officeNameEn },
    state: stateOf(row),
    isOneself: row.id === administrator.officerId,
  };
}

/** All officers of the administrator's commission, those who may not work any more at the end. */
export async function listOfficers(app: App, administrator: Administrator): Promise<OfficerView[]> {
  const rows = await listOfficersOf(app.db, administrator.commissionCode, app.clock.now());
  return rows.map((row) => view(administrator, row));
}

/** One of them. Refused as `not_found` when it is nobody, or somebody of another commission. */
export async function getOfficer(
  app: App,
  administrator: Administrator,
  officerId: string,
): Promise<OfficerView> {
  const isId = OfficerId.safeParse(officerId).success;
  const row = isId
    ? await findOfficerOf(app.db, administrator.commissionCode, officerId, app.clock.now())
    : undefined;
  if (!row) throw new Refusal('not_found');
  return view(administrator, row);
}

/** Where the commission's officers may work. */
export function listOffices(app: App, { commissionCode }: Administrator) {
  return listOfficesOf(app.db, commissionCode);
}
