import type { Database, DB, Transaction } from '../db/database.ts';
import type { OfficerRole } from './officer.queries.ts';

type Queryable = Database | Transaction<DB>;

/** Officers with what an administrator needs to know of them; `invitedUntil` is the end of the link that still works at `now`. */
function selectOfficers(db: Queryable, commissionCode: string, now: Date) {
  return db
    .selectFrom('officer')
    .leftJoin('office', 'office.id', 'officer.officeId')
    .where('officer.commissionCode', '=', commissionCode)
    .select(['officer.id', 'officer.name', 'officer.role', 'officer.isSupervisor', 'officer.disabledAt'])
    .select(['officer.lastSignedInAt', 'office.nameJa as officeNameJa', 'office.nameEn as officeNameEn'])
    .select((eb) => [
      eb
        .selectFrom('passkey')
        .whereRef('passkey.officerId', '=', 'officer.id')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .$asScalar()
        .$notNull()
        .as('passkeyCount'),
      eb
        .selectFrom('invitation')
        .whereRef('invitation.officerId', '=', 'officer.id')
        .where('invitation.usedAt', 'is', null)
        .where('invitation.expiresAt', '>', now)
        .select(({ fn }) => fn.max('invitation.expiresAt').as('until'))
        .as('invitedUntil'),
    ])
    .$narrowType<{ role: OfficerRole }>();
}

export function listOfficersOf(db: Queryable, commissionCode: string, now: Date) {
  return selectOfficers(db, commissionCode, now)
    .orderBy((eb) => eb('officer.disabledAt', 'is not', null))
    .orderBy('officer.role')
    .orderBy('officer.name')
    .orderBy('officer.id')
    .execute();
}

export function findOfficerOf(db: Queryable, commissionCode: string, officerId: string, now: Date) {
  return selectOfficers(db, commissionCode, now).where('officer.id', '=', officerId).executeTakeFirst();
}

/** An officer of this commission. Whoever holds the commission (lockCommission) sees him as he stays. */
export function findOfficerState(trx: Transaction<DB>, commissionCode: string, officerId: string) {
  return trx
    .selectFrom('officer')
    .where('commissionCode', '=', commissionCode)
    .where('id', '=', officerId)
    .select(['id', 'role', 'isSupervisor', 'disabledAt'])
    .executeTakeFirst();
}

export function listOfficesOf(db: Queryable, commissionCode: string) {
  return db
    .selectFrom('office')
    .where('commissionCode', '=', commissionCode)
    .where('disabledAt', 'is', null)
    .select(['id', 'nameJa', 'nameEn'])
    .orderBy('kind')
    .orderBy('nameJa')
    .execute();
}

/** Null: may work again. */
export async function markOfficerDisabled(
  trx: Transaction<DB>,
  officerId: string,
  disabledAt: Date | null,
): Promise<void> {
  await trx.updateTable('officer').set({ disabledAt }).where('id', '=', officerId).execute();
}

/** Answers how many there were. */
export async function deletePasskeysOf(trx: Transaction<DB>, officerId: string): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom('passkey')
    .where('officerId', '=', officerId)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
