import { createHash } from 'node:crypto';
import { importScope, type ImportMode } from '#lib/domain/exchange/partner.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import type { Database, DB, Transaction } from '../db/database.ts';
import { licenceNumbersOf, markMissing } from '../register/mark-missing.ts';
import { readRegisterFile } from '../register/read-register-file.ts';
import { headingOf } from '../register/register-columns.ts';
import { holdBackForeign, takeOverRows } from '../register/take-over-rows.ts';
import {
  findImportByKey,
  findLastUndisturbedImport,
  insertExchangeImport,
  lockPartnerImports,
} from './exchange.queries.ts';
import type { Partner } from './identify-partner.ts';
import { RegisterAnswer } from './schemas.ts';

export interface SentRegister {
  readonly mode: ImportMode;
  readonly commission?: string | undefined;
  readonly format: 'csv' | 'json';
  readonly bytes: Uint8Array;
  readonly idempotencyKey: string | null;
}

/** What is kept of an answer: no licence number. */
const KeptAnswer = RegisterAnswer.extend({
  missing: RegisterAnswer.shape.missing.unwrap().omit({ newLicenceNumbers: true }).nullable(),
});

interface Done {
  readonly answer: RegisterAnswer;
  /** The answer of the first time; nothing was done now. */
  readonly isReplay: boolean;
}

/**
 * Takes over a register file that a partner sends: all of its rows or, when one is wrong, none; only the partner's own drivers. The same file
 * again has the same answer and does nothing: by its Idempotency-Key for ever, without one as long as nothing else was imported since.
 * Refused: not_allowed, malformed, idempotency_key_reused, and all that readRegisterFile refuses.
 */
export async function receiveRegister(app: App, partner: Partner, sent: SentRegister): Promise<Done> {
  const { mode, format, bytes } = sent;
  const scope = importScope(partner.commissionCode, { mode, commissionCode: sent.commission });
  if ('refusal' in scope) throw new Refusal(scope.refusal, { field: 'commission' });
  const { commissionCode } = scope;
  const contentSha256 = createHash('sha256')
    .update(JSON.stringify([mode, commissionCode, format]))
    .update(bytes)
    .digest();
  const earlier = { partner, contentSha256, key: sent.idempotencyKey };
  const replayed = await replay(app, app.db, earlier);
  if (replayed) return { answer: replayed, isReplay: true };

  const { rows, lineOf } = await readRegisterFile(app, { format, bytes, onlyCommissionCode: commissionCode });
  return app.db.transaction().execute(async (trx) => {
    await lockPartnerImports(trx, partner.id);
    const meanwhile = await replay(app, trx, earlier);
    if (meanwhile) return { answer: meanwhile, isReplay: true };
    const receivedAt = app.clock.now();
    const { own, heldBack } =
      commissionCode === null
        ? { own: rows, heldBack: new Set<string>() }
        : await holdBackForeign(trx, rows, commissionCode);
    const { importId, rowCount } = await takeOverRows(trx, 'system', {
      rows: own,
      importedAt: receivedAt,
      fileName: `exchange.${format}`,
      fileSha256: createHash('sha256').update(bytes).digest(),
      partnerId: partner.id,
      mode,
    });
    const missing =
      mode === 'whole' && commissionCode !== null
        ? await markMissing(trx, { importId, commissionCode, at: receivedAt })
        : null;
    const answer = KeptAnswer.parse({
      importId,
      receivedAt: receivedAt.toISOString(),
      mode,
      rowCount,
      heldBackCount: heldBack.size,
      heldBack: [...heldBack]
        .map((licenceNumber) => lineOf.get(licenceNumber) ?? 0)
        .sort((a, b) => a - b)
        .slice(0, LIMITS.importMaxFaults)
        .map((line) => ({
          line,
          field: 'licenceNumber',
          column: headingOf('licenceNumber'),
          code: 'driver_of_other_commission',
        })),
      missing,
    });
    const newlyMissingIds = [...(missing?.newDriverIds ?? [])];
    await insertExchangeImport(trx, {
      importId,
      partnerId: partner.id,
      receivedAt,
      idempotencyKey: sent.idempotencyKey,
      contentSha256,
      answer: JSON.stringify(answer),
      newlyMissingIds,
    });
    return { answer: await complete({ db: trx }, answer, newlyMissingIds), isReplay: false };
  });
}

/** The answer as it goes out: with the licence numbers, which are kept in one place only. */
async function complete(
  db: { readonly db: Database | Transaction<DB> },
  { missing, ...answer }: ReturnType<typeof KeptAnswer.parse>,
  newlyMissingIds: readonly string[],
): Promise<RegisterAnswer> {
  if (missing === null) return { ...answer, missing };
  return {
    ...answer,
    missing: { ...missing, newLicenceNumbers: await licenceNumbersOf(db, newlyMissingIds) },
  };
}

/** The answer to the same file before, if there is one that still holds. Refused as `idempotency_key_reused`. */
async function replay(
  app: App,
  db: Database | Transaction<DB>,
  { partner, contentSha256, key }: { partner: Partner; contentSha256: Buffer; key: string | null },
): Promise<RegisterAnswer | null> {
  const found =
    key === null
      ? await findLastUndisturbedImport(db, { partnerId: partner.id, commissionCode: partner.commissionCode })
      : await findImportByKey(db, partner.id, key);
  const isSame = found?.contentSha256.equals(contentSha256) ?? false;
  if (found && key !== null && !isSame) throw new Refusal('idempotency_key_reused');
  if (!found || !isSame) return null;
  app.log.info({ importId: found.importId, partner: partner.id }, 'the same register file came again');
  return complete({ db }, KeptAnswer.parse(found.answer), found.newlyMissingIds);
}
