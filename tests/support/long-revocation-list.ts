import { derElement } from '#lib/server/certificates/der-write.ts';
import type { Authority } from '../../scripts/test-ca/issue.ts';

const utc = (text: string) => derElement(0x17, Buffer.from(text));

/** In force from 21 to 28 November 2026. Written by hand: the library that makes the other lists takes minutes for one of this length. */
export async function signLongList(authority: Authority, serials: readonly string[]): Promise<Buffer> {
  const algorithm = Buffer.from('300d06092a864886f70d01010b0500', 'hex');
  const at = utc('261120000000Z');
  // keyCompromise, as most authorities say why.
  const reason = Buffer.from('300c300a0603551d1504030a0101', 'hex');
  const entries = serials.map((serial) =>
    derElement(0x30, derElement(0x02, Buffer.from(serial, 'hex')), at, reason),
  );
  const tbs = derElement(
    0x30,
    derElement(0x02, Buffer.of(1)),
    algorithm,
    Buffer.from(authority.certificate.subjectName.toArrayBuffer()),
    utc('261121000000Z'),
    utc('261128000000Z'),
    derElement(0x30, ...entries),
  );
  const signature = Buffer.from(
    await crypto.subtle.sign('RSASSA-PKCS1-v1_5', authority.privateKey, new Uint8Array(tbs)),
  );
  return derElement(0x30, tbs, algorithm, derElement(0x03, Buffer.of(0), signature));
}
