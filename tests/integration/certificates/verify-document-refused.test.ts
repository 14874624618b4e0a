import { sign } from 'node:crypto';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { derElement as der } from '#lib/server/certificates/der-write.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Trust } from '#lib/server/certificates/trust.ts';
import { verifyDocument } from '#lib/server/certificates/verify-document.ts';
import { issueCrl } from '../../../scripts/test-ca/issue.ts';
import { otherNamesOf } from '../../../scripts/test-ca/other-names.ts';
import { issuerAndSerialNumber, signCms, type CmsOrder } from '../../../scripts/test-ca/sign-cms.ts';
import { FOUR, nodeKey, signingCard } from './signing-card.ts';
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

const DOCUMENT = Buffer.from('この電子証明書を、受講者登録に結び付けます。\n');

let pki: Pki;
let folders: TrustFolders;
let trust: Trust;
let certificate: Buffer;

beforeAll(async () => {
  pki = await makePki();
  folders = await writeTrust(pki);
  trust = await openTrust(folders);
  certificate = await signingCard(pki);
});
afterAll(() => folders.remove());

const verifyCms = (cms: Buffer) => verifyDocument(trust, DOCUMENT, { kind: 'cms', der: cms }, AT);
const verifyRaw = (signature: Buffer, der: Buffer) =>
  verifyDocument(trust, DOCUMENT, { kind: 'raw', certificate: der, signature }, AT);
const cms = (order: Partial<CmsOrder> = {}) =>
  signCms({ certificates: [certificate], privateKey: nodeKey(pki.keys), document: DOCUMENT, ...order });
const rsaSignature = () => sign('sha256', DOCUMENT, nodeKey(pki.keys));

describe('a signing certificate that is not good', () => {
  it('is refused although the signature is right', async () => {
    const rogue = await signingCard(pki, undefined, { authority: pki.rogue });
    const expired = await signingCard(pki, undefined, { notAfter: day('2026-11-21') });
    await expectRefusal(verifyCms(cms({ certificates: [rogue] })), 'certificate_untrusted');
    await expectRefusal(verifyCms(cms({ certificates: [expired] })), 'certificate_expired');
    await expectRefusal(verifyRaw(rsaSignature(), expired), 'certificate_expired');
  });

  it('is refused when it is the one for signing in', async () => {
    const auth = await pki.card();
    await expectRefusal(verifyCms(cms({ certificates: [auth] })), 'certificate_wrong_purpose');
    await expectRefusal(verifyRaw(rsaSignature(), auth), 'certificate_wrong_purpose');
  });

  it('is refused when it is revoked, as it is when somebody moves house', async () => {
    const revoked = [{ serial: '51d1', at: day('2026-11-01') }];
    folders.writeCrl(
      'sign-1.crl',
      await issueCrl(pki.sign, { ...CRL_NOW, thisUpdate: day('2026-11-22'), revoked }),
    );
    const certificates = [await signingCard(pki, undefined, { serial: '51d1' })];
    await expectRefusal(verifyCms(cms({ certificates })), 'certificate_revoked');
  });

  it('is refused when it does not say who its holder is, or says it twice', async () => {
    const nobody = await signingCard(pki, []);
    await expectRefusal(verifyRaw(rsaSignature(), nobody), 'certificate_malformed');
    const twice = await signingCard(pki, [...otherNamesOf(FOUR), [1, '別人']]);
    await expectRefusal(verifyCms(cms({ certificates: [twice] })), 'certificate_malformed');
  });

  it('is refused with the reason of its own when it is damaged inside CMS', async () => {
    const damaged = Buffer.from(certificate);
    damaged[damaged.length - 300]! ^= 1;
    const signerIdentifier = issuerAndSerialNumber(certificate);
    await expectRefusal(
      verifyCms(cms({ certificates: [damaged], signerIdentifier })),
      'certificate_untrusted',
    );
    const cut = der(0x30, Buffer.from('020101', 'hex'));
    await expectRefusal(verifyCms(cms({ certificates: [cut], signerIdentifier })), 'certificate_malformed');
  });
});

describe('what is no CMS at all', () => {
  it('is refused at once: nothing, a megabyte of zeros, a certificate, a text', async () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.alloc(1024 * 1024),
      Buffer.alloc(LIMITS.cmsMaxBytes),
      certificate,
      DOCUMENT,
      Buffer.from('3000', 'hex'),
      Buffer.concat([cms(), Buffer.alloc(1)]),
    ])
      await expectRefusal(verifyCms(bytes), 'signature_invalid');
  });

  it('is refused when it is nested as deep as its size allows, in lengths given or left open', async () => {
    let nested = der(0x05);
    while (nested.length < 60_000) nested = der(0x30, nested);
    await expectRefusal(verifyCms(nested), 'signature_invalid');
    await expectRefusal(verifyCms(Buffer.alloc(LIMITS.cmsMaxBytes, '3080', 'hex')), 'signature_invalid');
    await expectRefusal(verifyCms(Buffer.alloc(LIMITS.cmsMaxBytes, '2480', 'hex')), 'signature_invalid');
  });

  it('is refused when it has more elements than anybody needs', async () => {
    await expectRefusal(verifyCms(der(0x30, Buffer.alloc(60_000, '0500', 'hex'))), 'signature_invalid');
  });

  it('is refused wherever it is cut off', async () => {
    const signed = cms({ isAttached: true });
    for (let length = 0; length < signed.length; length += 11)
      await expectRefusal(verifyCms(signed.subarray(0, length)), 'signature_invalid');
  });
});
