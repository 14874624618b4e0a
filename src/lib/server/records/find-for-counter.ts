import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { readScan } from '#lib/domain/records/read-scan.ts';
import { parseRecordNumber } from '#lib/domain/records/record-number.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { verifyProof } from '#lib/proof/proof.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { lineOfLook } from '../audit/look-and-tell.ts';
import { together } from '../db/together.ts';
import { giveLookReason, GiveLookReason, isLookReasoned } from '../looks/look-reason.ts';
import { findDriverByLicenceNumber } from '../register/find-driver.ts';
import {
  findOnlyRecordAhead,
  findRecordAhead,
  findUnfinishedAttendance,
  listRecordsOf,
} from './counter.queries.ts';
import { nodeCrypto } from './node-crypto.ts';

export const FindForCounter = z.object({
  search: z.string().min(1).max(LIMITS.scanMaxLength),
  /** Only after `reasonNeeded`. */
  reason: GiveLookReason.shape.reason.optional(),
  words: GiveLookReason.shape.words,
});

/**
 * What the officer's one field finds, across all commissions: a record by its number, or by the licence number a driver with his
 * records and how far an unfinished lecture is; of a driver of another commission nothing but that there is one (`reasonNeeded`) until the
 * officer says why. Every look is kept in the audit trail, without the number that was typed.
 * Refused: `record_number_invalid` for what is neither, `record_check_digit`, `scan_input_method` and `scan_foreign` for what a scanner
 * typed through an input method or read from another QR; for a QR of ours that is damaged, was changed, or is signed with a key that is
 * none of ours, `proof_malformed`, `proof_tampered` and `proof_unknown_key`; `record_not_found`.
 */
export async function findForCounter(
  app: App,
  officer: CounterOfficer,
  {
    search,
    reason,
    words = '',
  }: Pick<z.output<typeof FindForCounter>, 'search' | 'reason'> & { words?: string },
) {
  const scan = readScan(search);
  switch (scan.kind) {
    case 'recordNumber':
      return findByRecordNumber(app, officer, scan.text);
    case 'licenceNumber':
      return findByLicenceNumber(app, officer, scan.licenceNumber, reason && { reason, words });
    case 'inputMethodOn':
      throw new Refusal('scan_input_method');
    case 'proof':
      return findByProof(app, officer, scan.text);
    case 'foreign':
      throw new Refusal('scan_foreign');
    case 'nothing':
    case 'unreadable':
      throw new Refusal('record_number_invalid');
  }
}

const BAD_PROOFS = {
  malformed: 'proof_malformed',
  tampered: 'proof_tampered',
  unknownKey: 'proof_unknown_key',
} as const;

/** What a true proof says is only its number here: how the record stands today is in the record. */
async function findByProof(app: App, officer: CounterOfficer, text: string) {
  const { keys } = app.recordSigner;
  const checks = { keys, revoked: new Set<string>(), now: app.clock.now() };
  const finding = await verifyProof(text, checks, nodeCrypto);
  if (finding.kind === 'valid' || 'claims' in finding) {
    return findByRecordNumber(app, officer, finding.claims.recordNumber, 'proof');
  }
  const { reason } = finding;
  await appendAudit(app.db, officer, { what: 'record.lookedUp', detail: { by: 'proof', refused: reason } });
  throw new Refusal(BAD_PROOFS[reason]);
}

const recordFound = ({ recordNumber }: { recordNumber: string }) => ({
  kind: 'record' as const,
  recordNumber,
});

async function findByRecordNumber(
  app: App,
  officer: CounterOfficer,
  search: string,
  by: 'recordNumber' | 'proof' = 'recordNumber',
) {
  const line = lineOfLook(officer, {
    what: 'record.lookedUp',
    subjectKind: 'record',
    detail: { by, isFound: true },
  });
  const recordNumber = parseRecordNumber(search);
  const record = await together(app.pool, (db) => findRecordAhead(db, recordNumber, line));
  if (record) return recordFound(record);
  await appendAudit(app.db, officer, { what: 'record.lookedUp', detail: { by, isFound: false } });
  throw new Refusal('record_not_found');
}

async function findByLicenceNumber(
  app: App,
  officer: CounterOfficer,
  licenceNumber: string,
  given: z.output<typeof GiveLookReason> | undefined,
) {
  const line = lineOfLook(officer, {
    what: 'driver.lookedUp',
    subjectKind: 'driver',
    detail: { by: 'licenceNumber', isFound: true },
  });
  const only =
    given === undefined
      ? await together(app.pool, (db) => findOnlyRecordAhead(db, licenceNumber, line))
      : undefined;
  if (only) return recordFound(only);
  const [driver, records, unfinished] = await together(app.pool, (db) =>
    Promise.all([
      findDriverByLicenceNumber(db, licenceNumber),
      listRecordsOf(db, licenceNumber),
      findUnfinishedAttendance(db, licenceNumber),
    ]),
  );
  await appendAudit(app.db, officer, {
    what: 'driver.lookedUp',
    ...(driver && { subject: { kind: 'driver', id: driver.id } }),
    detail: { by: 'licenceNumber', isFound: driver !== undefined },
  });
  if (!driver) return { kind: 'driverUnknown' as const };
  if (given) await giveLookReason(app, officer, driver, given);
  // With a reason, or issued this moment.
  if (records.length === 1 && !unfinished) return recordFound(records[0]!);
  if (!(await isLookReasoned(app, officer, driver))) return { kind: 'reasonNeeded' as const };
  return {
    kind: 'driver' as const,
    driver: {
      name: driver.name,
      birthDate: driver.birthDate,
      licenceNumber: driver.licenceNumber,
      commissionNameJa: driver.commissionNameJa,
      commissionNameEn: driver.commissionNameEn,
      notInWholeSince: driver.notInWholeSince,
    },
    records,
    unfinished: unfinished ?? null,
  };
}

export type CounterFinding = Awaited<ReturnType<typeof findForCounter>>;
