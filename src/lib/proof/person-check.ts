import type { RecordNumber } from '#lib/domain/records/record-number.ts';
import type { Bytes } from './cose-sign1.ts';
import { webCrypto } from './proof-crypto.ts';

/**
 * Short on purpose: a wrong licence number passes once in 16 million times, while whoever tries all twelve-digit numbers against a
 * proof finds tens of thousands that fit, and so learns nobody's number (docs/decisions/0017-*.md).
 */
export const PERSON_CHECK_BYTES = 3;

/** By which a proof without name or number is matched with the licence number that an officer has before him. */
export async function personCheck(
  recordNumber: RecordNumber,
  licenceNumber: string,
  platform = webCrypto,
): Promise<Bytes> {
  const text = new TextEncoder().encode(`${recordNumber} ${licenceNumber}`);
  const digest = await platform.sha256(text);
  return digest.slice(0, PERSON_CHECK_BYTES);
}
