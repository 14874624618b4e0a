import { createHash } from 'node:crypto';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { readRegisterFile } from './read-register-file.ts';
import { takeOverRows } from './take-over-rows.ts';

export interface RegisterFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

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
  const now = app.clock.now();
  const { rows } = await readRegisterFile(app, { format: 'csv', bytes: file.bytes });
  return app.db.transaction().execute((trx) =>
    takeOverRows(trx, actor, {
      rows,
      importedAt: now,
      fileName: file.fileName,
      fileSha256: createHash('sha256').update(file.bytes).digest(),
    }),
  );
}
