import { z } from 'zod';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { upsertNationalLibrary } from './register.queries.ts';

export const OpenNationalLibrary = z.object({
  code: z.string().regex(/^[a-z]{3,20}$/),
  nameJa: z.string().min(1),
  nameEn: z.string().min(1),
});

/**
 * Marks an authority, which no driver lives under, as one whose published chapters every commission may take over (the National Police
 * Agency's library). It is then administered by officers of its own, like any commission. May be run again.
 */
export async function openNationalLibrary(
  app: App,
  library: z.output<typeof OpenNationalLibrary>,
): Promise<void> {
  await app.db.transaction().execute(async (trx) => {
    await upsertNationalLibrary(trx, library);
    await appendAudit(trx, 'system', {
      what: 'nationalLibrary.opened',
      subject: { kind: 'commission', id: library.code },
      detail: {},
    });
  });
}
