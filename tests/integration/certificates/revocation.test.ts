import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Refusal } from '#lib/domain/refusal.ts';
import { readRevocationList } from '#lib/server/certificates/crl.ts';
import type { Trust } from '#lib/server/certificates/trust.ts';
import { verifyCertificate } from '#lib/server/certificates/verify-certificate.ts';
import { issueCrl, type CrlOrder } from '../../../scripts/test-ca/issue.ts';
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

  it('is looked at again after a second when it was written where it lies', async () => {
    await expect(verify()).resolves.toBeDefined();
    const der = await issueCrl(pki.first, { ...CRL_NOW, revoked: revoked('0a11') });
    writeFileSync(path.join(folders.crlDir, 'auth-1.crl'), der);
    await vi.waitFor(() => expectRefusal(verify(), 'certificate_revoked'), { timeout: 5_000 });
  });

  it('does not suffer from what else lies in the folder', async () => {
    mkdirSync(path.join(folders.crlDir, 'folder.crl'));
    folders.writeCrl('empty.crl', '');
    folders.writeCrl('readme.txt', 'nothing');
    await expect(verify()).resolves.toBeDefined();
  });

  it('says the same to those who ask at once', async () => {
    await publish({ revoked: revoked('0a11') });
    const asked = Array.from({ length: 20 }, (_, index) => verify(index % 2 === 0 ? '0a11' : '0a12'));
    const outcomes = (await Promise.allSettled(asked)).map(({ status }) => status);
    expect(outcomes).toEqual(
      Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? 'rejected' : 'fulfilled')),
    );
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
});
