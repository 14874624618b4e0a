import type { CalendarDate } from '#lib/domain/renewal/calendar.ts';
import type { OnlineLectureClass } from '#lib/domain/renewal/lecture-class.ts';
import { isSame } from '#lib/proof/cose-sign1.ts';
import { personCheck } from '#lib/proof/person-check.ts';
import { verifyProof } from '#lib/proof/proof.ts';
import type { App } from '../app.ts';
import { nodeCrypto } from './node-crypto.ts';

const SECOND_MS = 1_000;
const NONE: ReadonlySet<string> = new Set();

interface SignedRecord {
  readonly recordNumber: string;
  readonly attendanceId: string;
  readonly lectureClass: OnlineLectureClass;
  readonly periodStart: CalendarDate;
  readonly periodEnd: CalendarDate;
  readonly issuedAt: Date;
  readonly proof: string | null;
  readonly signingKeyId: string;
}

/**
 * Whether the row is what was signed: its proof carries our signature, of today's key or a former one, and says the same as the row,
 * and of the same person. False too when the key that signed it is no longer among ours (docs/record-keys.md).
 */
export async function isRecordIntact(
  { recordSigner: { keys } }: Pick<App, 'recordSigner'>,
  record: SignedRecord,
  { licenceNumber }: { readonly licenceNumber: string },
): Promise<boolean> {
  if (record.proof === null) return false;
  // Neither state nor day are the question here.
  const checks = { keys, revoked: NONE, now: new Date(0) };
  const found = await verifyProof(record.proof, checks, nodeCrypto);
  if (found.kind === 'invalid' || found.keyId !== record.signingKeyId) return false;
  const { claims } = found;
  return (
    claims.recordNumber === record.recordNumber &&
    claims.attendanceId === record.attendanceId &&
    claims.lectureClass === record.lectureClass &&
    claims.periodStart === record.periodStart &&
    claims.periodEnd === record.periodEnd &&
    claims.issuedAt.getTime() === Math.floor(record.issuedAt.getTime() / SECOND_MS) * SECOND_MS &&
    isSame(claims.personCheck, await personCheck(record.recordNumber, licenceNumber, nodeCrypto))
  );
}
