import { sql, type Insertable } from 'kysely';
import type { RecordState } from '#lib/domain/records/record.ts';
import type { OnlineLectureClass } from '#lib/domain/renewal/lecture-class.ts';
import type { Database, DB, Transaction } from '../db/database.ts';

type Queryable = Database | Transaction<DB>;

/** One import of a partner at a time, wherever it comes in. */
export async function lockPartnerImports(trx: Transaction<DB>, partnerId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`koshu.exchange_import:${partnerId}`}, 0))`.execute(
    trx,
  );
}

export async function insertExchangeImport(trx: Transaction<DB>, row: Insertable<DB['exchangeImport']>) {
  await trx.insertInto('exchangeImport').values(row).execute();
}

const IMPORT = ['i.importId', 'i.contentSha256', 'i.answer', 'i.newlyMissingIds'] as const;

export function findImportByKey(db: Queryable, partnerId: string, idempotencyKey: string) {
  return db
    .selectFrom('exchangeImport as i')
    .where('i.partnerId', '=', partnerId)
    .where('i.idempotencyKey', '=', idempotencyKey)
    .select(IMPORT)
    .executeTakeFirst();
}

/** The partner's last import, unless somebody else may have written the same drivers since. */
export function findLastUndisturbedImport(
  db: Queryable,
  { partnerId, commissionCode }: { readonly partnerId: string; readonly commissionCode: string | null },
) {
  return db
    .selectFrom('exchangeImport as i')
    .where('i.partnerId', '=', partnerId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('registerImport as later')
            .leftJoin('exchangePartner as by', 'by.id', 'later.partnerId')
            .whereRef('later.importedAt', '>=', 'i.receivedAt')
            .whereRef('later.id', '<>', 'i.importId')
            .where((eb) =>
              commissionCode === null
                ? eb.lit(true)
                : eb.or([eb('by.commissionCode', 'is', null), eb('by.commissionCode', '=', commissionCode)]),
            )
            .select('later.id'),
        ),
      ),
    )
    .orderBy('i.receivedAt', 'desc')
    .limit(1)
    .select(IMPORT)
    .executeTakeFirst();
}

/**
 * What has become of records, after a position and in the order of the commits. Events of a person who was deleted are passed over.
 * `commissionCode`: of whose drivers; null: of all.
 */
export function listEvents(
  db: Queryable,
  { after, commissionCode, limit }: { after: number; commissionCode: string | null; limit: number },
) {
  return db
    .selectFrom('exchangeEvent as e')
    .innerJoin('completionRecord as r', 'r.id', 'e.recordId')
    .innerJoin('driver as d', 'd.id', 'r.driverId')
    .where('e.position', '>', after)
    .where('d.deletedAt', 'is', null)
    .$if(commissionCode !== null, (query) => query.where('e.commissionCode', '=', commissionCode))
    .orderBy('e.position')
    .limit(limit)
    .select(['e.position', 'e.id', 'e.state', 'e.isCorrection', 'e.commissionCode', 'e.occurredAt'])
    .select(['r.recordNumber', 'r.lectureClass', 'r.periodStart', 'r.periodEnd', 'r.issuedAt'])
    .select('d.licenceNumber')
    .$narrowType<{ state: RecordState; lectureClass: OnlineLectureClass }>()
    .execute();
}
