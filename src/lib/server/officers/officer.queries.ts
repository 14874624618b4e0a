import type { Insertable } from 'kysely';
import type { Database, DB, Transaction } from '../db/database.ts';

type Queryable = Database | Transaction<DB>;
export type OfficerRole = 'counterOfficer' | 'administrator';

/** Of an office that is open: nobody new may work at one that is closed. */
export function findOfficeId(db: Queryable, commissionCode: string, nameJa: string) {
  return db
    .selectFrom('office')
    .where('commissionCode', '=', commissionCode)
    .where('nameJa', '=', nameJa)
    .where('disabledAt', 'is', null)
    .select('id')
    .executeTakeFirst();
}

/** Holds back whoever else changes the officers of this commission until the transaction is over. */
export async function lockCommission(trx: Transaction<DB>, code: string): Promise<void> {
  await trx.selectFrom('commission').where('code', '=', code).select('code').forNoKeyUpdate().execute();
}

/** The officer of this name at this office (or of this commission, when no office is given). */
export function findOfficerByName(
  trx: Transaction<DB>,
  officer: { name: string; role: OfficerRole; commissionCode: string; officeId: string | null },
) {
  return trx
    .selectFrom('officer')
    .where('name', '=', officer.name)
    .where('role', '=', officer.role)
    .where('commissionCode', '=', officer.commissionCode)
    .where('officeId', 'is not distinct from', officer.officeId)
    .select(['id', 'disabledAt', 'isSupervisor'])
    .executeTakeFirst();
}

export async function insertOfficer(
  trx: Transaction<DB>,
  officer: Insertable<DB['officer']>,
): Promise<string> {
  const { id } = await trx.insertInto('officer').values(officer).returning('id').executeTakeFirstOrThrow();
  return id;
}

export async function markSupervisor(trx: Transaction<DB>, id: string, isSupervisor: boolean): Promise<void> {
  await trx.updateTable('officer').set({ isSupervisor }).where('id', '=', id).execute();
}

export async function markOfficerSignedIn(
  trx: Transaction<DB>,
  id: string,
  lastSignedInAt: Date,
): Promise<void> {
  await trx.updateTable('officer').set({ lastSignedInAt }).where('id', '=', id).execute();
}

/** An officer has one invitation that works: earlier ones end when a new one is made. */
export async function endOpenInvitations(trx: Transaction<DB>, officerId: string, at: Date): Promise<void> {
  await trx
    .updateTable('invitation')
    .set({ expiresAt: at })
    .where('officerId', '=', officerId)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', at)
    .execute();
}

export async function insertInvitation(
  trx: Transaction<DB>,
  invitation: Insertable<DB['invitation']>,
): Promise<void> {
  await trx.insertInto('invitation').values(invitation).execute();
}

/** An invitation with the officer whom it is for. */
export function findInvitation(db: Queryable, tokenSha256: Buffer) {
  return db
    .selectFrom('invitation')
    .innerJoin('officer', 'officer.id', 'invitation.officerId')
    .innerJoin('commission', 'commission.code', 'officer.commissionCode')
    .leftJoin('office', 'office.id', 'officer.officeId')
    .where('invitation.tokenSha256', '=', tokenSha256)
    .select([
      'invitation.expiresAt',
      'invitation.usedAt',
      'officer.id as officerId',
      'officer.name',
      'officer.role',
    ])
    .select([
      'officer.disabledAt',
      'commission.nameJa as commissionNameJa',
      'commission.nameEn as commissionNameEn',
    ])
    .select(['office.nameJa as officeNameJa', 'office.nameEn as officeNameEn'])
    .$narrowType<{ role: OfficerRole }>()
    .executeTakeFirst();
}

/** Uses the invitation, once: of two who try at the same time one gets it and the other undefined. */
export function useInvitation(trx: Transaction<DB>, tokenSha256: Buffer, at: Date) {
  return trx
    .updateTable('invitation')
    .set({ usedAt: at })
    .where('tokenSha256', '=', tokenSha256)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', at)
    .returning('officerId')
    .executeTakeFirst();
}
