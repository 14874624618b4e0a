import { createHash } from 'node:crypto';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { checkRegisterRows } from './check-register-rows.ts';
import { decodeCsv, readCsvLines } from './read-register-csv.ts';
import type { RegisterRow } from './register-columns.ts';
import { insertRegisterImport, listCommissions, upsertDrivers } from './register.queries.ts';

// PostgreSQL counts the parameters of a statement in 16 bits, and a driver takes 17 of them.
const ROWS_PER_STATEMENT = 2_000;

export interface RegisterFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

const byLicenceNumber = (a: RegisterRow, b: RegisterRow): number =>
  a.licenceNumber < b.licenceNumber ? -1 : 1;

/**
 * Takes over a file of the driver management system (docs/register-csv.md): all of its rows or, when one is wrong, none.
 * A driver is known by the licence number, so the same file may come again. Refused: `import_too_large`, `import_unreadable`,
 * `import_empty`, and with the list of faults (RegisterFileRefusal) `import_wrong_columns` and `import_rows_invalid`.
 */
export async function importRegister(
  app: App,
  actor: Administrator | 'system',
  file: RegisterFile,
): Promise<{ importId: string; rowCount: number }> {
  if (file.bytes.length > LIMITS.importMaxBytes) throw new Refusal('import_too_large');
  const lines = await readCsvLines(decodeCsv(file.bytes));
  const commissions = await listCommissions(app.db);
  const now = app.clock.now();
  const rows = checkRegisterRows(lines, {
    today: tokyoDate(now),
    commissionCodeByName: new Map(commissions.map(({ nameJa, code }) => [nameJa, code])),
  });
  rows.sort(byLicenceNumber); // two imports at once lock the drivers in the same order

  return app.db.transaction().execute(async (trx) => {
    const { id: importId } = await insertRegisterImport(trx, {
      importedAt: now,
      importedBy: actor === 'system' ? null : actor.officerId,
      fileName: file.fileName,
      fileSha256: createHash('sha256').update(file.bytes).digest(),
      rowCount: rows.length,
    });
    for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
      await upsertDrivers(trx, rows.slice(start, start + ROWS_PER_STATEMENT), { importId, updatedAt: now });
    }
    await appendAudit(trx, actor, {
      what: 'register.imported',
      subject: { kind: 'registerImport', id: importId },
      detail: { rowCount: rows.length },
    });
    return { importId, rowCount: rows.length };
  });
}
