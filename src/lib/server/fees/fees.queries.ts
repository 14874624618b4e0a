import { sql } from 'kysely';
import type { RenewalFees } from '#lib/domain/renewal/fees.ts';
import type { HoldingType } from '#lib/domain/renewal/lecture-class.ts';
import type { DB, Transaction } from '../db/database.ts';
import { rememberRows } from '../db/remember.ts';

const RENEWAL_YEN = sql<RenewalFees>`
  (select jsonb_object_agg(holding_before, yen_after)
     from (select holding_before, jsonb_object_agg(holding_after, yen) as yen_after
             from fee where fee_table_id = t.id group by holding_before) rows)`;

/** The tables of these commissions and the national ones, in the order in which they were entered. */
export const listFees = rememberRows((db, commissionCodes: readonly string[]) =>
  db
    .selectFrom('feeTable as t')
    .leftJoin('officer as o', 'o.id', 't.enteredBy')
    .where((eb) =>
      eb.or([
        eb('t.commissionCode', 'is', null),
        eb('t.commissionCode', '=', sql<string>`any(${commissionCodes})`),
      ]),
    )
    .orderBy('t.id')
    .select(['t.id', 't.commissionCode', 't.validFrom', 't.onlineLectureYen', 't.viaYen', 't.enteredAt'])
    .select(['o.name as enteredBy', RENEWAL_YEN.as('renewalYen')]),
);

/** Whether the commission stands for the whole country. */
export async function isNationalCommission(trx: Transaction<DB>, code: string): Promise<boolean> {
  const { isNational } = await trx
    .selectFrom('commission')
    .where('code', '=', code)
    .select('isNational')
    .executeTakeFirstOrThrow();
  return isNational;
}

export async function insertFeeTable(
  trx: Transaction<DB>,
  table: {
    readonly commissionCode: string | null;
    readonly validFrom: string;
    readonly onlineLectureYen: number | null;
    readonly viaYen: number | null;
    readonly enteredBy: string;
    readonly enteredAt: Date;
  },
  fees: readonly { holdingBefore: HoldingType; holdingAfter: HoldingType; yen: number | null }[],
): Promise<number> {
  const { id } = await trx.insertInto('feeTable').values(table).returning('id').executeTakeFirstOrThrow();
  await trx
    .insertInto('fee')
    .values(fees.map((fee) => ({ feeTableId: id, ...fee })))
    .execute();
  return id;
}
