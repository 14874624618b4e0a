import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import { derElement } from '#lib/server/certificates/der-write.ts';
import { ocspResponder } from '#lib/server/certificates/revocation-by-ocsp.ts';
import type { TrustFile } from '#lib/server/certificates/trust.ts';
import { verifyCertificate } from '#lib/server/certificates/verify-certificate.ts';
import { Extension, type Authority } from '../../../scripts/test-ca/issue.ts';
import { appointResponder } from '../../support/ocsp-responder.ts';
import { minutesFromNow, openOcspDesk, SERIAL, type OcspDesk } from './ocsp-desk.ts';
import { AT, expectRefusal, openTrust } from './test-pki.ts';

let desk: OcspDesk;

beforeAll(async () => void (desk = await openOcspDesk()));
afterAll(() => desk.close());
beforeEach(() => desk.behaveAgain());

describe('a responder', () => {
  it('lets a good card in, and says since when and until when that is known', async () => {
    const evidence = await desk.ask();
    expect(evidence).toEqual({
      source: 'ocsp',
      checkedAt: AT,
      thisUpdate: AT,
      nextUpdate: minutesFromNow(15),
      producedAt: AT,
      reference: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it.each(['sha1', 'sha256'] as const)('understands the question with %s', async (certIdHash) => {
    await expect(desk.ask({ certIdHash })).resolves.toBeDefined();
  });

  it.each(['00', '7f', '80', 'ff00ff', '0a'.repeat(20)])(
    'is asked about serial number %s',
    async (serial) => {
      await expect(desk.ask({}, { serial })).resolves.toBeDefined();
    },
  );

  it('may name itself by its name, and may be one that the authority appointed', async () => {
    const appointed = await appointResponder(desk.pki.first, { keys: desk.pki.otherKeys });
    for (const namedBy of ['name', 'key'] as const) {
      desk.plan({ signer: desk.pki.first, namedBy, certificates: [] });
      await expect(desk.ask()).resolves.toBeDefined();
      desk.answersBy(appointed);
      desk.plan({ namedBy });
      await expect(desk.ask()).resolves.toBeDefined();
    }
  });

  it('may sign on P-384', async () => {
    desk.plan({ signer: desk.pki.p384 });
    await expect(desk.ask({}, { anchorId: 'auth-p384' })).resolves.toBeDefined();
  });

  it('is asked with another nonce each time', async () => {
    desk.responder.questions.length = 0;
    await desk.ask();
    await desk.ask();
    expect(desk.responder.questions[0]).not.toEqual(desk.responder.questions[1]);
  });

  it('keeps a revoked card out', async () => {
    desk.plan({ status: 'revoked' });
    await expectRefusal(desk.ask(), 'certificate_revoked');
  });

  it('may sign its answers beforehand, where the operator allows it', async () => {
    desk.plan({ nonce: 'none', producedAt: minutesFromNow(-10), thisUpdate: minutesFromNow(-10) });
    await expect(desk.ask({ requireNonce: false })).resolves.toBeDefined();
  });

  it('need not say when it has news, if what it says is fresh', async () => {
    desk.plan({ nextUpdate: null });
    await expect(desk.ask()).resolves.toMatchObject({
      nextUpdate: new Date(AT.getTime() + LIMITS.ocspMaxAgeMs),
    });
    desk.plan({ nextUpdate: null, thisUpdate: minutesFromNow(-63) });
    await desk.expectNobodyCanSay('ocsp_stale');
  });

  it('may have a clock that is a little off', async () => {
    for (const minutes of [-1, 1]) {
      desk.plan({ producedAt: minutesFromNow(minutes), thisUpdate: minutesFromNow(minutes) });
      await expect(desk.ask()).resolves.toBeDefined();
    }
  });
});

describe('trust.json', () => {
  it('sends the question about each card to the responder of its authority, and nobody else', async () => {
    const file = path.join(desk.folders.trustDir, 'trust.json');
    const entries = JSON.parse(readFileSync(file, 'utf8')) as TrustFile;
    const listed = entries.map((entry) =>
      entry.id === 'auth-1' ? { ...entry, ocsp: { url: desk.responder.url } } : entry,
    );
    writeFileSync(file, JSON.stringify(listed));
    const divided = await openTrust(desk.folders);
    const verify = async (authority: Authority) =>
      verifyCertificate(divided, await desk.pki.card({ authority }), { purpose: 'auth', at: AT });
    desk.responder.questions.length = 0;
    await expect(verify(desk.pki.second)).resolves.toMatchObject({ revocation: { source: 'crl' } });
    expect(desk.responder.questions).toHaveLength(0);
    await expect(verify(desk.pki.first)).resolves.toMatchObject({ revocation: { source: 'ocsp' } });
    desk.plan({ status: 'revoked' });
    await expectRefusal(verify(desk.pki.first), 'certificate_revoked');
    // The list in the folder, which calls the card good, does not stand in for a responder that is silent.
    desk.plan({ httpStatus: 500 });
    await expectRefusal(verify(desk.pki.first), 'revocation_unavailable');
    writeFileSync(file, JSON.stringify(entries));
  });

  it('is the only place where an address is taken from: one in the certificate is not asked', async () => {
    const gone = Buffer.from(desk.responder.url);
    const location = derElement(0x30, Buffer.from('06082b06010505073001', 'hex'), derElement(0x86, gone));
    const accessInfo = derElement(0x30, location);
    const more = [new Extension('1.3.6.1.5.5.7.1.1', false, new Uint8Array(accessInfo))];
    desk.responder.questions.length = 0;
    const verified = verifyCertificate(desk.trust, await desk.pki.card({ more }), {
      purpose: 'auth',
      at: AT,
    });
    await expect(verified).resolves.toMatchObject({ revocation: { source: 'crl' } });
    expect(desk.responder.questions).toHaveLength(0);
  });
});

describe('a card that is in use', () => {
  it('is asked about every quarter of an hour, not every minute', async () => {
    const source = ocspResponder(desk.responder.url);
    desk.responder.questions.length = 0;
    expect(await source.isRevoked(desk.anchor, SERIAL, AT)).toBe(false);
    expect(await source.isRevoked(desk.anchor, SERIAL, minutesFromNow(14))).toBe(false);
    expect(desk.responder.questions).toHaveLength(1);
    desk.plan({ status: 'revoked', now: minutesFromNow(15) });
    expect(await source.isRevoked(desk.anchor, SERIAL, minutesFromNow(15))).toBe(true);
    expect(await source.isRevoked(desk.anchor, '0a12', minutesFromNow(15))).toBe(true);
    expect(desk.responder.questions).toHaveLength(3);
  });

  it('is not taken for revoked when nobody can say', async () => {
    for (const more of [
      { status: 'unknown' },
      { status: 'revoked', signer: desk.pki.rogue },
      { httpStatus: 500 },
    ] as const) {
      desk.plan({ signer: desk.pki.first, ...more });
      expect(await ocspResponder(desk.responder.url).isRevoked(desk.anchor, SERIAL, AT)).toBe(false);
    }
  });
});
