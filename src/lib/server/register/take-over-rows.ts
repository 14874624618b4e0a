import type { Administrator } from '#lib/domain/people/actor.ts';
import type { ImportMode } from '#lib/domain/exchange/partner.ts';
import { extendPeriods } from '../attendance/extend-periods.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { DB, Transaction } from '../db/database.ts';
import type { RegisterRow } from './register-columns.ts';
import { insertRegisterImport, listLicenceNumbersElsewhere, upsertDrivers } from './register.queries.ts';

// PostgreSQL counts the parameters of a statement in 16 bits, and a driver takes under 20 of them.
const ROWS_PER_STATEMENT = 2_000;

export interface TakeOver {
  readonly rows: readonly RegisterRow[];
  readonly importedAt: Date;
  readonly fileName: string;
  readonly fileSha256: Buffer;
  /** Who sent it over the exchange. */
  readonly partnerId?: string;
  readonly mode?: ImportMode;
}

const byLicenceNumber = (a: RegisterRow, b: RegisterRow): number =>
  a.licenceNumber < b.licenceNumber ? -1 : 1;

/** Brings the drivers up to date with rows that were checked, in one transaction with the import's own row and its line in the audit trail. */
export async function takeOverRows(
  trx: Transaction<DB>,
  actor: Administrator | 'system',
  { rows, importedAt, partnerId, mode = 'changes', ...file }: TakeOver,
): Promise<{ importId: string; rowCount: number }> {
  const { id: importId } = await insertRegisterImport(trx, {
    ...file,
    importedAt,
    importedBy: actor === 'system' ? null : actor.officerId,
    partnerId: partnerId ?? null,
    mode,
    rowCount: rows.length,
  });
  const sorted = rows.toSorted(byLicenceNumber); // two imports at once lock the drivers in the same order
  for (let start = 0; start < sorted.length; start += ROWS_PER_STATEMENT) {
    const part = sorted.slice(start, start + ROWS_PER_STATEMENT);
    await upsertDrivers(trx, part, { importId, updatedAt: importedAt });
  }
  await extendPeriods(trx, importId);
  await appendAudit(trx, actor, {
    what: 'register.imported',
    subject: { kind: 'registerImport', id: importId },
    detail: { rowCount: rows.length, ...(partnerId !== undefined && { partner: partnerId, mode }) },
  });
  return { importId, rowCount: rows.length };
}

/**
 * Divides rows into those that this commission may write and the licence numbers of those that it may not: who is registered with another
 * commission stays there until that one's whole file no longer has him, or a national file moves him.
 */
export async function holdBackForeign(
  trx: Transaction<DB>,
  rows: readonly RegisterRow[],
  commissionCode: string,
): Promise<{ own: RegisterRow[]; heldBack: ReadonlySet<string> }> {
  const numbers = rows.map(({ licenceNumber }) => licenceNumber);
  const heldBack = new Set(await listLicenceNumbersElsewhere(trx, commissionCode, numbers));
  return { own: rows.filter(({ licenceNumber }) => !heldBack.has(licenceNumber)), heldBack };
}
