import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import type { App } from '../app.ts';
import { checkRegisterRows } from './check-register-rows.ts';
import { decodeCsv, readCsvLines } from './read-register-csv.ts';
import { readRegisterJson } from './read-register-json.ts';
import type { RegisterRow } from './register-columns.ts';
import { listCommissions } from './register.queries.ts';

export interface RegisterContent {
  readonly format: 'csv' | 'json';
  readonly bytes: Uint8Array;
  /** Only this commission's drivers may stand in it. */
  readonly onlyCommissionCode?: string | null;
}

/**
 * Reads and checks a file of the driver management system (docs/register-csv.md) in either format: all of its rows, and the line of each by
 * licence number. Refused: `import_too_large`, `import_unreadable`, `import_empty`, and with the list of faults (RegisterFileRefusal)
 * `import_wrong_columns` and `import_rows_invalid`.
 */
export async function readRegisterFile(
  app: Pick<App, 'db' | 'clock'>,
  { format, bytes, onlyCommissionCode = null }: RegisterContent,
): Promise<{ rows: RegisterRow[]; lineOf: ReadonlyMap<string, number> }> {
  const maxBytes = format === 'csv' ? LIMITS.importMaxBytes : LIMITS.importJsonMaxBytes;
  if (bytes.length > maxBytes) throw new Refusal('import_too_large');
  const commissions = await listCommissions(app.db);
  const lines =
    format === 'csv' ? await readCsvLines(decodeCsv(bytes)) : readRegisterJson(bytes, commissions);
  const rows = checkRegisterRows(lines, {
    today: tokyoDate(app.clock.now()),
    commissionCodeByName: new Map(commissions.map(({ nameJa, code }) => [nameJa, code])),
    onlyCommissionCode,
  });
  // Every line but the headings is a row, or there would have been a refusal.
  const lineOf = new Map(rows.map((row, index) => [row.licenceNumber, lines[index + 1]?.line ?? 0]));
  return { rows, lineOf };
}
