import { constants, createHash, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Trust } from '#lib/server/certificates/trust.ts';
import { verifyDocument } from '#lib/server/certificates/verify-document.ts';
import { Extension } from '../../../scripts/test-ca/issue.ts';
import { derElement as der } from '#lib/server/certificates/der-write.ts';
import {
  attribute,
  CMS_OID,
  issuerAndSerialNumber,
  signCms,
  type CmsOrder,
} from '../../../scripts/test-ca/sign-cms.ts';
import { FOUR, nodeKey, signingCard } from './signing-card.ts';
import {
  AT,
  expectRefusal,
  makePki,
  openTrust,
  writeTrust,
  type Pki,
  type TrustFolders,
} from './test-pki.ts';

const DOCUMENT = Buffer.from('この電子証明書を、Koshu の受講者登録に結び付けます。\n受付番号 A-1\n');
const KEY_IDENTIFIER = Buffer.from('0102030405060708', 'hex');

let pki: Pki;
let folders: TrustFolders;
let trust: Trust;
let certificate: Buffer;
let p384Certificate: Buffer;

beforeAll(async () => {
  pki = await makePki();
  folders = await writeTrust(pki);
  trust = await openTrust(folders);
  certificate = await signingCard(pki);
  p384Certificate = await signingCard(pki, undefined, { keys: pki.p384Keys, serial: '51b1' });
});
afterAll(() => folders.remove());

const verifyCms = (cms: Buffer, document = DOCUMENT, at = AT) =>
  verifyDocument(trust, document, { kind: 'cms', der: cms }, at);
const cms = (order: Partial<CmsOrder> = {}) =>
  signCms({
    certificates: [certificate],
    privateKey: nodeKey(pki.keys),
    document: DOCUMENT,
    ...order,
  });
const verifyRaw = (signature: Buffer, der = certificate, document = DOCUMENT) =>
  verifyDocument(trust, document, { kind: 'raw', certificate: der, signature }, AT);
const rsaSignature = (document = DOCUMENT) => sign('sha256', document, nodeKey(pki.keys));
const digestOf = (document: Buffer) => der(0x04, createHash('sha256').update(document).digest());
const bound = (document = DOCUMENT) => [
  attribute(CMS_OID.contentType, CMS_OID.data),
  attribute(CMS_OID.messageDigest, digestOf(document)),
];

describe('a document that was signed with a signing certificate', () => {
  it('tells who signed, with a bare signature beside the certificate', async () => {
    expect(await verifyRaw(rsaSignature())).toMatchObject({
      purpose: 'sign',
      anchorId: 'sign-1',
      serial: '51a1',
      revocation: { source: 'crl' },
      fourInformation: FOUR,
    });
  });

  it('tells who signed, in CMS without the document, and with it', async () => {
    expect((await verifyCms(cms())).fourInformation).toEqual(FOUR);
    expect((await verifyCms(cms({ isAttached: true }))).fourInformation).toEqual(FOUR);
  });

  it('may be signed with the next kind of card, on P-384', async () => {
    const privateKey = nodeKey(pki.p384Keys);
    const signature = sign('sha384', DOCUMENT, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    expect(await verifyRaw(signature, p384Certificate)).toMatchObject({ serial: '51b1' });
    const signed = cms({ certificates: [p384Certificate], privateKey });
    expect(await verifyCms(signed)).toMatchObject({ keyAlgorithm: 'ecdsa-p384-sha384' });
  });

  it('may name its signer by key identifier, and RSA with its digest', async () => {
    const more = [new Extension('2.5.29.14', false, new Uint8Array(der(0x04, KEY_IDENTIFIER)))];
    const withKeyIdentifier = await signingCard(pki, undefined, { more });
    const signed = cms({
      certificates: [withKeyIdentifier],
      signerIdentifier: der(0x80, KEY_IDENTIFIER),
      signatureAlgorithm: Buffer.from('300d06092a864886f70d01010b0500', 'hex'),
    });
    await expect(verifyCms(signed)).resolves.toMatchObject({ anchorId: 'sign-1' });
  });

  it('may carry certificates of other people and authorities, and other attributes, which mean nothing', async () => {
    const others = [pki.sign, pki.rogue].map((authority) => Buffer.from(authority.certificate.rawData));
    const certificates = [certificate, ...others, await pki.card()];
    const signingTime = attribute(
      Buffer.from('06092a864886f70d010905', 'hex'),
      der(0x17, Buffer.from('261122030000Z')),
    );
    await expect(verifyCms(cms({ certificates }))).resolves.toMatchObject({ serial: '51a1' });
    const foreignFirst = cms({
      certificates: [...certificates.slice(1), Buffer.from('3003020101', 'hex'), certificate],
      signerIdentifier: issuerAndSerialNumber(certificate),
    });
    await expect(verifyCms(foreignFirst)).resolves.toMatchObject({ serial: '51a1' });
    const attributes = [...bound(), signingTime];
    await expect(verifyCms(cms({ attributes }))).resolves.toMatchObject({ serial: '51a1' });
  });

  it('may be empty', async () => {
    const document = Buffer.alloc(0);
    await expect(
      verifyCms(cms({ document, isAttached: true, attributes: bound(document) }), document),
    ).resolves.toBeDefined();
  });
});

describe('another document', () => {
  it('is refused, by one byte, in every form', async () => {
    const other = Buffer.concat([DOCUMENT, Buffer.from('\n')]);
    await expectRefusal(verifyRaw(rsaSignature(), certificate, other), 'signature_invalid');
    expect(await expectRefusal(verifyCms(cms(), other), 'signature_invalid')).toEqual({
      reason: 'cms_digest',
    });
    expect(await expectRefusal(verifyCms(cms({ isAttached: true }), other), 'signature_invalid')).toEqual({
      reason: 'cms_content',
    });
    await expectRefusal(verifyCms(cms({ document: other, isAttached: true })), 'signature_invalid');
  });

  it('is refused when only the digest in the attributes was put right afterwards', async () => {
    const other = Buffer.from('ほかの文書');
    const signed = cms();
    const index = signed.indexOf(createHash('sha256').update(DOCUMENT).digest());
    createHash('sha256').update(other).digest().copy(signed, index);
    expect(await expectRefusal(verifyCms(signed, other), 'signature_invalid')).toEqual({
      reason: 'cms_signature',
    });
  });
});

describe('a signature that binds nobody', () => {
  it.each<[string, string, () => Partial<CmsOrder>]>([
    ['no signer', 'cms_signers', () => ({ signers: 0 })],
    ['two signers', 'cms_signers', () => ({ signers: 2 })],
    ['no certificate', 'cms_certificate_missing', () => ({ certificates: [], ...byCertificate() })],
    ['more certificates than anybody has', 'cms_certificates', () => ({ certificates: many(9) })],
    ['no signed attributes', 'cms_no_signed_attributes', () => ({ attributes: [] })],
    ['no digest among them', 'cms_attribute_missing', () => ({ attributes: bound().slice(0, 1) })],
    ['no type among them', 'cms_attribute_missing', () => ({ attributes: bound().slice(1) })],
    ['two digests', 'cms_attribute_twice', () => ({ attributes: [...bound(), bound()[1]!] })],
    ['a digest with two values', 'trailing_bytes', () => ({ attributes: twoDigests() })],
    ['a digest cut short', 'cms_digest', () => ({ attributes: digest(der(0x04, Buffer.alloc(4))) })],
    ['another type among the attributes', 'cms_content_type', () => ({ attributes: otherType() })],
    ['another type of content', 'cms_content_type', () => ({ contentType: CMS_OID.signedData })],
    ['another digest', 'cms_algorithm', () => ({ digestAlgorithm: der(0x30, CMS_OID.sha384) })],
    ['the name of RSASSA-PSS', 'cms_algorithm', () => ({ signatureAlgorithm: PSS })],
    ['a signature by another key', 'cms_signature', () => ({ privateKey: nodeKey(pki.otherKeys) })],
  ])('is refused: %s', async (_, reason, order) => {
    expect(await expectRefusal(verifyCms(cms(order())), 'signature_invalid')).toEqual({ reason });
  });

  const PSS = Buffer.from('300b06092a864886f70d01010a', 'hex');
  const byCertificate = () => ({ signerIdentifier: issuerAndSerialNumber(certificate) });
  const many = (count: number) => Array.from({ length: count }, () => certificate);
  const digest = (value: Buffer) => [bound()[0]!, attribute(CMS_OID.messageDigest, value)];
  const twoDigests = () => digest(Buffer.concat([digestOf(DOCUMENT), digestOf(DOCUMENT)]));
  const otherType = () => [attribute(CMS_OID.contentType, CMS_OID.signedData), bound()[1]!];

  it("is refused when it names somebody else's certificate, or one that is not there", async () => {
    const certificates = [await signingCard(pki, undefined, { keys: pki.otherKeys, serial: '51c1' })];
    expect(await expectRefusal(verifyCms(cms({ certificates })), 'signature_invalid')).toEqual({
      reason: 'cms_signature',
    });
    const absent = cms({ certificates, signerIdentifier: issuerAndSerialNumber(certificate) });
    expect(await expectRefusal(verifyCms(absent), 'signature_invalid')).toEqual({
      reason: 'cms_certificate_missing',
    });
  });

  it('is refused bare when it is cut, empty, or by another key', async () => {
    for (const signature of [Buffer.alloc(0), rsaSignature().subarray(1), Buffer.alloc(256, 0xff)])
      await expectRefusal(verifyRaw(signature), 'signature_invalid');
    await expectRefusal(verifyRaw(sign('sha256', DOCUMENT, nodeKey(pki.otherKeys))), 'signature_invalid');
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    const pss = sign('sha256', DOCUMENT, { key: nodeKey(pki.keys), padding });
    await expectRefusal(verifyRaw(pss), 'signature_invalid');
    const asDer = sign('sha384', DOCUMENT, nodeKey(pki.p384Keys));
    await expectRefusal(verifyRaw(asDer, p384Certificate), 'signature_invalid');
  });
});
