import { createPublicKey, KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { derElement } from '#lib/server/certificates/der-write.ts';
import { parseCertificate } from '#lib/server/certificates/parse-certificate.ts';
import type { Trust } from '#lib/server/certificates/trust.ts';
import { verifyCertificate } from '#lib/server/certificates/verify-certificate.ts';
import { genuine, replaceElement } from '../../../bench/support/fuzz/elements.ts';
import { RSA_2048 } from '../../../scripts/test-ca/issue.ts';
import {
  AT,
  day,
  expectRefusal,
  makePki,
  openTrust,
  writeTrust,
  type Pki,
  type TrustFolders,
} from './test-pki.ts';

let pki: Pki;
let folders: TrustFolders;
let trust: Trust;
let card: Buffer;

beforeAll(async () => {
  pki = await makePki();
  folders = await writeTrust(pki);
  trust = await openTrust(folders);
  card = await pki.card();
});
afterAll(() => folders.remove());

const verify = (der: Buffer) => verifyCertificate(trust, der, { purpose: 'auth', at: AT });
const generate = async (algorithm: RsaHashedKeyGenParams | EcKeyGenParams) =>
  (await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair;

/** The card with other bytes in place of an element that is found by its own bytes; lengths are put right, the signature is not. */
function withElement(whole: Buffer, by: Buffer, der = card): Buffer {
  const input = genuine(der);
  const element = input.elements.find(({ start, end }) => der.subarray(start, end).equals(whole));
  if (!element) throw new Error('no such element');
  return replaceElement(input, element, by);
}
const hex = (text: string) => Buffer.from(text, 'hex');

describe('a card with a key that its authority should not have taken', () => {
  it('is refused with the public exponent 3', async () => {
    const keys = await generate({ ...RSA_2048, publicExponent: new Uint8Array([3]) });
    await expectRefusal(verify(await pki.card({ keys })), 'certificate_weak_key');
  });

  it('is refused on the curves P-256 and P-521', async () => {
    for (const namedCurve of ['P-256', 'P-521']) {
      const keys = await generate({ name: 'ECDSA', namedCurve });
      expect(await expectRefusal(verify(await pki.card({ keys })), 'certificate_unsupported')).toEqual({
        reason: 'key_algorithm',
      });
    }
  });

  it('is refused on P-384 when its point is compressed, or does not lie on the curve', async () => {
    const der = await pki.card({ keys: pki.p384Keys });
    const { x = '', y = '' } = KeyObject.from(pki.p384Keys.publicKey).export({ format: 'jwk' });
    const [xs, ys] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
    const point = (...octets: Buffer[]) => derElement(0x03, Buffer.of(0), ...octets);
    const compressed = point(Buffer.of(2 + (ys.at(-1)! & 1)), xs);
    const genuinePoint = point(Buffer.of(4), xs, ys);
    await expectRefusal(verify(withElement(genuinePoint, compressed, der)), 'certificate_malformed');
    const elsewhere = point(Buffer.of(4), xs, ys.toReversed() as Buffer);
    await expectRefusal(verify(withElement(genuinePoint, elsewhere, der)), 'certificate_malformed');
  });

  it('is refused with a key for RSASSA-PSS', async () => {
    const rsa = hex('300d06092a864886f70d0101010500');
    expect(
      await expectRefusal(
        verify(withElement(rsa, hex('300b06092a864886f70d01010a'))),
        'certificate_unsupported',
      ),
    ).toEqual({ reason: 'key_algorithm' });
  });
});

describe('a card that its authority signed otherwise than it may', () => {
  it.each([
    ['SHA-1', '300d06092a864886f70d0101050500'],
    ['SHA-512', '300d06092a864886f70d01010d0500'],
    ['RSASSA-PSS', '300b06092a864886f70d01010a'],
    ['SHA-256 without the NULL', '300b06092a864886f70d01010b'],
  ])('is refused with %s', async (_, algorithm) => {
    const named = hex('300d06092a864886f70d01010b0500');
    const inside = withElement(named, hex(algorithm));
    expect(await expectRefusal(verify(inside), 'certificate_malformed')).toEqual({
      reason: 'algorithms_differ',
    });
    expect(
      await expectRefusal(verify(withElement(named, hex(algorithm), inside)), 'certificate_unsupported'),
    ).toEqual({ reason: 'signature_algorithm' });
  });

  it('is refused when the algorithm that it names is not that of the authority', async () => {
    const der = await pki.card({ authority: pki.p384, claims: pki.first });
    await expectRefusal(verify(der), 'certificate_untrusted');
  });
});

describe('a card that is written otherwise than certificates are', () => {
  it.each<[string, Buffer, Buffer]>([
    ['version 1', hex('a003020102'), Buffer.alloc(0)],
    ['version 2', hex('a003020102'), hex('a003020101')],
    ['version 1 in so many words', hex('a003020102'), hex('a003020100')],
    ['a negative serial number', hex('02020a11'), hex('02028a11')],
    ['a padded serial number', hex('02020a11'), hex('0203000a11')],
    ['a serial number of 21 octets', hex('02020a11'), derElement(0x02, Buffer.alloc(21, 1))],
    ['a date without seconds', utcTime('250601000000Z'), utcTime('2506010000Z')],
    ['a date in another zone', utcTime('250601000000Z'), utcTime('250601090000+0900')],
    ['30 February', utcTime('250601000000Z'), utcTime('250230000000Z')],
    [
      'a date in the wrong form for its year',
      utcTime('250601000000Z'),
      derElement(0x18, Buffer.from('20250601000000Z')),
    ],
  ])('is refused with %s', async (_, found, by) => {
    await expectRefusal(verify(withElement(found, by)), 'certificate_malformed');
  });

  it('is refused when its last day comes before its first', async () => {
    const der = await pki.card({ notBefore: day('2026-11-23'), notAfter: day('2026-11-21') });
    expect(await expectRefusal(verify(der), 'certificate_malformed')).toEqual({ reason: 'validity' });
  });

  it('is refused with unique identifiers, which nobody may use', async () => {
    const { bytes, elements } = genuine(card);
    const explicit = elements.find(({ tag }) => tag === 0xa3)!;
    const both = Buffer.concat([hex('81020001'), bytes.subarray(explicit.start, explicit.end)]);
    await expectRefusal(verify(replaceElement(genuine(card), explicit, both)), 'certificate_malformed');
  });

  it('is refused without any extension', async () => {
    const { bytes, elements } = genuine(card);
    const explicit = elements.find(({ tag }) => tag === 0xa3)!;
    const without = withElement(bytes.subarray(explicit.start, explicit.end), Buffer.alloc(0));
    await expectRefusal(verify(without), 'certificate_malformed');
  });
});

it('our reading of a key is that of OpenSSL', async () => {
  for (const keys of [pki.keys, pki.p384Keys]) {
    const { publicKey } = parseCertificate(await pki.card({ keys }));
    expect(publicKey.equals(createPublicKey(KeyObject.from(keys.privateKey)))).toBe(true);
  }
});

function utcTime(text: string): Buffer {
  return derElement(0x17, Buffer.from(text));
}
