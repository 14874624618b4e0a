import type { Insertable } from 'kysely';
import type { Database, DB, Transaction } from '../db/database.ts';

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

export function findOfficeByName(trx: Transaction<DB>, commissionCode: string, nameJa: string) {
  return trx
    .selectFrom('office')
    .where('commissionCode', '=', commissionCode)
    .where('nameJa', '=', nameJa)
    .select('id')
    .executeTakeFirst();
}

export async function insertOffice(trx: Transaction<DB>, office: Insertable<DB['office']>): Promise<string> {
  const { id } = await trx.insertInto('office').values(office).returning('id').executeTakeFirstOrThrow();
  return id;
}

/** Answers whether there is such an office of this commission. */
export async function updateOffice(
  trx: Transaction<DB>,
  { commissionCode, id }: { commissionCode: string; id: string },
  facts: Partial<Insertable<DB['office']>>,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('office')
    .set(facts)
    .where('commissionCode', '=', commissionCode)
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
