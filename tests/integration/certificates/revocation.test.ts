import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '#lib/domain/refusal.ts';
import { readRevocationList } from '#lib/server/certificates/crl.ts';
import type { Trust } from '#lib/server/certificates/trust.ts';
import { verifyCertificate } from '#lib/server/certificates/verify-certificate.ts';
import { Extension, issueCrl, type Authority, type CrlOrder } from '../../../scripts/test-ca/issue.ts';
import {
  AT,
  CRL_NOW,
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

beforeAll(async () => void (pki = await makePki()));
beforeEach(async () => {
  folders = await writeTrust(pki);
  trust = await openTrust(folders);
});
afterEach(() => folders.remove());

const verify = async (serial = '0a11', at = AT) =>
  verifyCertificate(trust, await pki.card({ serial }), { purpose: 'auth', at });
const publish = async (order: Partial<CrlOrder>, authority = pki.first) =>
  folders.writeCrl('auth-1.crl', await issueCrl(authority, { ...CRL_NOW, ...order }));
const revoked = (serial: string, isOnHold = false) => [{ serial, at: day('2026-11-20'), isOnHold }];

describe('a revocation list', () => {
  it('refuses the card that it names, and no other', async () => {
    await publish({ revoked: revoked('0a11') });
    await expectRefusal(verify('0a11'), 'certificate_revoked');
    await expect(verify('0a12')).resolves.toBeDefined();
  });

  it('refuses a card that is on hold', async () => {
    await publish({ revoked: revoked('0a11', true) });
    await expectRefusal(verify(), 'certificate_revoked');
  });

  it('is looked at again as soon as the file changes', async () => {
    await expect(verify()).resolves.toBeDefined();
    await publish({ revoked: revoked('0a11') });
    await expectRefusal(verify(), 'certificate_revoked');
  });

  it('may be PEM', async () => {
    const der = await issueCrl(pki.first, { ...CRL_NOW, revoked: revoked('0a11') });
    folders.writeCrl(
      'auth-1.crl',
      `-----BEGIN X509 CRL-----\n${der.toString('base64')}\n-----END X509 CRL-----\n`,
    );
    await expectRefusal(verify(), 'certificate_revoked');
  });

  it('yields to a newer one that lies beside it', async () => {
    folders.writeCrl(
      'newer.crl',
      await issueCrl(pki.first, { ...CRL_NOW, thisUpdate: day('2026-11-22'), revoked: revoked('0a11') }),
    );
    await expectRefusal(verify(), 'certificate_revoked');
  });

  it('keeps its word while its successor is only half there', async () => {
    await publish({ revoked: revoked('0a11') });
    await expectRefusal(verify(), 'certificate_revoked');
    const whole = await issueCrl(pki.first, { ...CRL_NOW, thisUpdate: day('2026-11-22') });
    folders.writeCrl('auth-1.crl', whole.subarray(0, 200));
    await expectRefusal(verify(), 'certificate_revoked');
    await expect(verify('0a12')).resolves.toBeDefined();
  });
});

describe('nobody gets in when nobody can say', () => {
  it('because there is no list', async () => {
    rmSync(path.join(folders.crlDir, 'auth-1.crl'));
    expect(await expectRefusal(verify(), 'revocation_unavailable')).toEqual({
      reason: 'missing',
      anchor: 'auth-1',
    });
  });

  it('because there is no folder', async () => {
    rmSync(folders.crlDir, { recursive: true });
    await expectRefusal(verify(), 'revocation_unavailable');
  });

  it('because the next list is overdue', async () => {
    expect(await expectRefusal(verify('0a11', day('2026-11-29')), 'revocation_unavailable')).toEqual({
      reason: 'stale',
      anchor: 'auth-1',
    });
  });

  it('because the list is of tomorrow', async () => {
    await publish({ thisUpdate: day('2026-11-23') });
    await expectRefusal(verify(), 'revocation_unavailable');
  });

  it('because somebody else wrote the list, under the same name', async () => {
    await publish({}, pki.rogue);
    await expectRefusal(verify(), 'revocation_unavailable');
  });

  it('because the list is of another generation of the authority', async () => {
    await publish({}, pki.second);
    await expectRefusal(verify(), 'revocation_unavailable');
  });

  it('because the list is a partial one, which it says in a critical extension', async () => {
    await publish({
      extensions: [new Extension('2.5.29.28', true, new Uint8Array([0x30, 3, 0x81, 1, 0xff]))],
    });
    await expectRefusal(verify(), 'revocation_unavailable');
  });

  it('because the file is something else', async () => {
    writeFileSync(path.join(folders.crlDir, 'auth-1.crl'), Buffer.alloc(1_000_000));
    await expectRefusal(verify(), 'revocation_unavailable');
  });
});

describe('reading', () => {
  it('refuses every damaged list', async () => {
    const der = await issueCrl(pki.first, { ...CRL_NOW, revoked: revoked('0a11') });
    await fc.assert(
      fc.asyncProperty(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), async (index, mask) => {
        const changed = Buffer.from(der);
        changed[index]! ^= mask;
        await expect(readRevocationList(changed, trust.anchors)).rejects.toBeInstanceOf(Refusal);
      }),
      { numRuns: 500 },
    );
  });

  it('lets others have their turn while it reads 100,000 entries', async () => {
    const serials = Array.from(
      { length: 100_000 },
      (_, index) => `01${(index * 7).toString(16).padStart(6, '0')}`,
    );
    const der = await signLongList(pki.first, serials);
    let turnsOfOthers = 0;
    const others = setInterval(() => (turnsOfOthers += 1), 0);
    const list = await readRevocationList(der, trust.anchors);
    clearInterval(others);
    expect(list.revoked.size).toBe(100_000);
    expect(list.revoked.has(serials[99_999]!)).toBe(true);
    expect(turnsOfOthers).toBeGreaterThan(10);
  });
});

/** Written by hand: the library that makes the other lists takes minutes for one of this length. */
async function signLongList(authority: Authority, serials: readonly string[]): Promise<Buffer> {
  const element = (tag: number, ...parts: Buffer[]) => {
    const content = Buffer.concat(parts);
    const length = Buffer.alloc(5);
    length.writeUInt32BE(content.length, 1);
    const long = length.subarray(length.findIndex((octet) => octet > 0));
    const header = content.length < 0x80 ? [tag, content.length] : [tag, 0x80 | long.length, ...long];
    return Buffer.concat([Buffer.from(header), content]);
  };
  const utc = (text: string) => element(0x17, Buffer.from(text));
  const algorithm = Buffer.from('300d06092a864886f70d01010b0500', 'hex');
  const at = utc('261120000000Z');
  const entries = serials.map((serial) => element(0x30, element(0x02, Buffer.from(serial, 'hex')), at));
  const issuer = Buffer.from(authority.certificate.subjectName.toArrayBuffer());
  const times = [utc('261121000000Z'), utc('261128000000Z')];
  const tbs = element(
    0x30,
    element(0x02, Buffer.from([1])),
    algorithm,
    issuer,
    ...times,
    element(0x30, ...entries),
  );
  const signature = Buffer.from(
    await crypto.subtle.sign('RSASSA-PKCS1-v1_5', authority.privateKey, new Uint8Array(tbs)),
  );
  return element(0x30, tbs, algorithm, element(0x03, Buffer.from([0]), signature));
}
