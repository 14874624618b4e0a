import { promises as fs } from 'node:fs';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import { malformed, TAG } from '#lib/server/certificates/der.ts';

const BEGIN = '-----BEGIN CERTIFICATE-----';
const END = '-----END CERTIFICATE-----';
const LONG_LENGTH = 0x80;

/** Up to the limit and a byte beyond: a file may grow, and a device has no end. */
export async function readBounded(file: string): Promise<Buffer> {
  const handle = await fs.open(file);
  try {
    const bytes = Buffer.alloc(LIMITS.certificateFileMaxBytes + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length);
      length += bytesRead;
      if (bytesRead === 0 || length === bytes.length) return bytes.subarray(0, length);
    }
  } finally {
    await handle.close();
  }
}

/**
 * The certificates of a file: one in DER, or each of those in PEM, whose text around them is passed over (RFC 7468 §2). One that cannot
 * even be decoded is in the list as the refusal that it earned. Refuses (certificate_malformed) a file that holds none.
 */
export function certificatesOf(bytes: Buffer): (Buffer | Refusal)[] {
  if (bytes.length > LIMITS.certificateFileMaxBytes) throw malformed('file_too_long');
  if (bytes.length === 0) throw malformed('file_empty');
  // DER of a certificate has a length of two octets or more, which no text has.
  if (bytes[0] === TAG.sequence && (bytes[1] ?? 0) > LONG_LENGTH) return [bytes];
  const [, ...blocks] = bytes.toString('latin1').split(BEGIN);
  if (blocks.length === 0) throw malformed('neither_der_nor_pem');
  return blocks.map(decodeBlock);
}

function decodeBlock(block: string): Buffer | Refusal {
  const end = block.indexOf(END);
  const base64 = block.slice(0, end).replace(/\s+/g, '');
  const der = Buffer.from(base64, 'base64');
  // Node passes over what is no base64; here all of it must count.
  if (end === -1 || der.toString('base64') !== base64) return malformed('pem');
  return der;
}
