import type { Insertable } from 'kysely';
import type { Database, DB, Transaction } from '../db/database.ts';
import { rememberRow } from '../db/remember.ts';

/** All of them, those that are closed at the end. */
export function listOfficesWithFacts(db: Database, commissionCode: string) {
  return db
    .selectFrom('office')
    .where('commissionCode', '=', commissionCode)
    .orderBy((eb) => eb('disabledAt', 'is not', null))
    .orderBy('kind')
    .orderBy('nameJa')
    .select(['id', 'kind', 'nameJa', 'nameEn', 'sameDayIssue', 'sameDayRecording', 'disabledAt'])
    .$narrowType<{ kind: 'licenceCentre' | 'policeStation' }>()
    .execute();
}

export const findSameDay = rememberRow((db, officeId: string) =>
  db.selectFrom('office').where('id', '=', officeId).select(['sameDayIssue', 'sameDayRecording']),
);

export function findOfficeByName(trx: Transaction<DB>, commissionCode: string, nameJa: string) {
  return trx
    .selectFrom('office')
    .where('commissionCode', '=', commissionCode)
    .where('nameJa', '=', nameJa)
    .select('id')
    .executeTakeFirst();
}

interface OwnOffice {
  readonly commissionCode: string;
  readonly id: string;
}

export function findOffice(trx: Transaction<DB>, { commissionCode, id }: OwnOffice) {
  return trx
    .selectFrom('office')
    .where('commissionCode', '=', commissionCode)
    .where('id', '=', id)
    .select('disabledAt')
    .executeTakeFirst();
}

export async function insertOffice(trx: Transaction<DB>, office: Insertable<DB['office']>): Promise<string> {
  const { id } = await trx.insertInto('office').values(office).returning('id').executeTakeFirstOrThrow();
  return id;
}

export async function updateOffice(
  trx: Transaction<DB>,
  { commissionCode, id }: OwnOffice,
  facts: Partial<Insertable<DB['office']>>,
): Promise<void> {
  await trx
    .updateTable('office')
    .set(facts)
    .where('commissionCode', '=', commissionCode)
    .where('id', '=', id)
    .execute();
}
