import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '#lib/domain/refusal.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Trust } from '#lib/server/certificates/trust.ts';
import { verifyCertificate } from '#lib/server/certificates/verify-certificate.ts';
import { Extension, KeyUsageFlags } from '../../../scripts/test-ca/issue.ts';
import {
  AT,
  day,
  expectRefusal,
  makePki,
  openTrust,
  SIGN_POLICY,
  writeTrust,
  type Pki,
  type TrustFolders,
} from './test-pki.ts';

let pki: Pki;
let folders: TrustFolders;
let trust: Trust;

beforeAll(async () => {
  pki = await makePki();
  folders = await writeTrust(pki);
  trust = await openTrust(folders);
});
afterAll(() => folders.remove());

const verify = (der: Buffer, at = AT) => verifyCertificate(trust, der, { purpose: 'auth', at });
const extension = (oid: string, critical: boolean, hex: string) =>
  new Extension(oid, critical, new Uint8Array(Buffer.from(hex, 'hex')));

describe('a card that is as it should be', () => {
  it('is told by its anchor, its serial number and its key', async () => {
    const spki = Buffer.from(await crypto.subtle.exportKey('spki', pki.keys.publicKey));
    const verified = await verify(await pki.card({ serial: '0133c349' }));
    expect(verified).toMatchObject({
      anchorId: 'auth-1',
      serial: '0133c349',
      env: 'test',
      keyAlgorithm: 'rsa-sha256',
    });
    expect(verified.spkiSha256).toEqual(createHash('sha256').update(spki).digest());
    expect(verified.revocation).toMatchObject({ source: 'crl', thisUpdate: day('2026-11-21') });
  });

  it('may come from another generation of the authority, which bears the same name', async () => {
    expect((await verify(await pki.card({ authority: pki.second }))).anchorId).toBe('auth-2');
  });

  it('may come from an authority that is found by its signature alone, without a key identifier', async () => {
    const der = await pki.card({ authority: pki.second, without: '2.5.29.35' });
    expect((await verify(der)).anchorId).toBe('auth-2');
  });

  it('may be one of the next kind, on P-384', async () => {
    const verified = await verify(await pki.card({ authority: pki.p384, keys: pki.p384Keys }));
    expect(verified).toMatchObject({ anchorId: 'auth-p384', keyAlgorithm: 'ecdsa-p384-sha384' });
  });

  it('may say that it is for client authentication, and have extensions that do not bind us', async () => {
    const more = [
      extension('2.5.29.37', false, '300a06082b06010505070302'),
      extension('1.3.6.1.4.1.5.5', false, '0500'),
    ];
    await expect(verify(await pki.card({ more }))).resolves.toMatchObject({ anchorId: 'auth-1' });
  });

  it('is good on its first and on its last second', async () => {
    const der = await pki.card({ notBefore: day('2026-11-22'), notAfter: day('2026-11-23') });
    await expect(verify(der, day('2026-11-22'))).resolves.toBeDefined();
    await expect(verify(der, day('2026-11-23'))).resolves.toBeDefined();
  });
});

describe('a card that is not good now', () => {
  it('is refused when it has expired', async () => {
    await expectRefusal(verify(await pki.card({ notAfter: day('2026-11-21') })), 'certificate_expired');
  });

  it('is refused before its first day', async () => {
    await expectRefusal(
      verify(await pki.card({ notBefore: day('2026-11-23') })),
      'certificate_not_yet_valid',
    );
  });

  it('is refused when the authority itself is over', async () => {
    const der = await pki.card({ notAfter: day('2036-01-01') });
    await expectRefusal(verify(der, day('2035-01-01')), 'certificate_untrusted');
  });
});

describe('a certificate that is not the one to sign in with', () => {
  it('is refused when it is the signing certificate', async () => {
    const der = await pki.card({
      authority: pki.sign,
      policy: SIGN_POLICY,
      usage: KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation,
    });
    await expectRefusal(verify(der), 'certificate_wrong_purpose');
    await expect(verifyCertificate(trust, der, { purpose: 'sign', at: AT })).resolves.toMatchObject({
      purpose: 'sign',
    });
    await expectRefusal(
      verifyCertificate(trust, await pki.card(), { purpose: 'sign', at: AT }),
      'certificate_wrong_purpose',
    );
  });

  it.each([
    ['signs documents', KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation],
    ['encrypts only', KeyUsageFlags.keyEncipherment],
    ['signs certificates', KeyUsageFlags.digitalSignature | KeyUsageFlags.keyCertSign],
  ])('is refused when its key %s', async (_, usage) => {
    await expectRefusal(verify(await pki.card({ usage })), 'certificate_wrong_purpose');
  });

  it('is refused when it does not say what its key is for', async () => {
    await expectRefusal(verify(await pki.card({ without: '2.5.29.15' })), 'certificate_wrong_purpose');
  });

  it('is refused when it may issue certificates itself', async () => {
    const more = [extension('2.5.29.19', true, '30030101ff')];
    expect(await expectRefusal(verify(await pki.card({ more })), 'certificate_wrong_purpose')).toEqual({
      reason: 'authority',
    });
  });

  it('is refused when its extended usage leaves client authentication out', async () => {
    const more = [extension('2.5.29.37', false, '300a06082b06010505070301')];
    await expectRefusal(verify(await pki.card({ more })), 'certificate_wrong_purpose');
  });

  it('is refused under another policy, or none', async () => {
    await expectRefusal(verify(await pki.card({ policy: SIGN_POLICY })), 'certificate_wrong_policy');
    await expectRefusal(verify(await pki.card({ without: '2.5.29.32' })), 'certificate_wrong_policy');
  });
});

describe('a certificate made by somebody else', () => {
  it('is refused although issuer name and serial number are those of a real card', async () => {
    await expectRefusal(verify(await pki.card({ authority: pki.rogue })), 'certificate_untrusted');
  });

  it('is refused although it names the key of the real authority too', async () => {
    await expectRefusal(
      verify(await pki.card({ authority: pki.rogue, claims: pki.first })),
      'certificate_untrusted',
    );
  });

  it('is refused when its signature was made by a card instead of an authority', async () => {
    const leafAsAuthority = { ...pki.first, privateKey: pki.otherKeys.privateKey };
    await expectRefusal(verify(await pki.card({ authority: leafAsAuthority })), 'certificate_untrusted');
  });
});

describe('a certificate that is made badly', () => {
  it('is refused when a critical extension is unknown', async () => {
    const more = [extension('1.3.6.1.4.1.5.5', true, '0500')];
    await expectRefusal(verify(await pki.card({ more })), 'certificate_unsupported');
  });

  it('is refused when an extension comes twice', async () => {
    const more = [extension('2.5.29.15', true, '03020780')];
    expect(await expectRefusal(verify(await pki.card({ more })), 'certificate_malformed')).toEqual({
      reason: 'extension_twice',
    });
  });

  it('is refused when its key is weak', async () => {
    await expectRefusal(verify(await pki.card({ keys: pki.weakKeys })), 'certificate_weak_key');
  });

  it('is refused with bytes behind it, which OpenSSL would overlook', async () => {
    const der = await pki.card();
    await expectRefusal(verify(Buffer.concat([der, Buffer.from([0])])), 'certificate_malformed');
  });

  it('is refused wherever it is cut off', async () => {
    const der = await pki.card();
    for (let length = 0; length < der.length; length += 7) {
      await expectRefusal(verify(der.subarray(0, length)), 'certificate_malformed');
    }
  });

  it("is refused at once when it is a megabyte of zeros, or longer than any card's", async () => {
    await expectRefusal(verify(Buffer.alloc(1024 * 1024)), 'certificate_malformed');
    await expectRefusal(verify(Buffer.alloc(LIMITS.certificateMaxBytes + 1, 0x30)), 'certificate_malformed');
  });

  it('is refused when it is nested as deep as its size allows', async () => {
    let nested: Buffer = Buffer.from('0500', 'hex');
    while (nested.length < LIMITS.certificateMaxBytes - 8) {
      const length = Buffer.from([0x82, nested.length >> 8, nested.length & 0xff]);
      const prefix =
        nested.length < 0x80 ? [nested.length] : nested.length < 0x100 ? [0x81, nested.length] : length;
      nested = Buffer.concat([Buffer.from([0x30, ...prefix]), nested]);
    }
    await expectRefusal(verify(nested), 'certificate_malformed');
  });

  it('is refused with any one bit changed', async () => {
    const der = await pki.card();
    await fc.assert(
      fc.asyncProperty(fc.nat(der.length - 1), fc.nat(7), async (index, bit) => {
        const changed = Buffer.from(der);
        changed[index]! ^= 1 << bit;
        await expectAnyRefusal(verify(changed));
      }),
      { numRuns: 1_500 },
    );
  });

  it('is refused after any mixture of cuts, insertions and repetitions', async () => {
    const der = await pki.card();
    const position = fc.nat(der.length);
    const edit = fc.record({ from: position, to: position, bytes: fc.uint8Array({ maxLength: 24 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        let changed: Buffer = der;
        for (const { from, to, bytes } of edits) {
          changed = Buffer.concat([changed.subarray(0, from), bytes, changed.subarray(to)]);
        }
        fc.pre(!changed.equals(der));
        await expectAnyRefusal(verify(changed));
      }),
      { numRuns: 1_500 },
    );
  });
});

async function expectAnyRefusal(promise: Promise<unknown>): Promise<void> {
  const thrown = await promise.then(
    () => 'accepted',
    (error: unknown) => error,
  );
  if (!(thrown instanceof Refusal)) throw new Error('neither accepted nor refused', { cause: thrown });
}
