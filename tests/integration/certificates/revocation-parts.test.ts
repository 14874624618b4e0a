// The library that writes names reads decorators' metadata, so this has to come first.
import 'reflect-metadata';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { Name } from '@peculiar/x509';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { derElement } from '#lib/server/certificates/der-write.ts';
import { crlFiles } from '#lib/server/certificates/revocation-by-crl.ts';
import { noRevocation, revocationByAnchor } from '#lib/server/certificates/revocation.ts';
import type { Trust } from '#lib/server/certificates/trust.ts';
import { verifyCertificate } from '#lib/server/certificates/verify-certificate.ts';
import { Extension, issueCrl, type CrlOrder } from '../../../scripts/test-ca/issue.ts';
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
  rmSync(path.join(folders.crlDir, 'auth-1.crl'));
});
afterEach(() => folders.remove());

const TRUE = Buffer.of(0xff);
const directoryName = (commonName: string) =>
  derElement(0xa4, Buffer.from(new Name(`C=JP, O=KOSHU-TEST, CN=${commonName}`).toArrayBuffer()));
const fullName = (...names: Buffer[]) => derElement(0xa0, derElement(0xa0, ...names));
const extension = (oid: string, critical: boolean, der: Buffer) =>
  new Extension(oid, critical, new Uint8Array(der));
/** issuingDistributionPoint with these fields. */
const speaksOnlyOf = (...fields: Buffer[]) => extension('2.5.29.28', true, derElement(0x30, ...fields));
const number = (value: number) => extension('2.5.29.20', false, derElement(0x02, Buffer.of(value)));
/** cRLDistributionPoints of these points' fields. */
const listedAt = (...points: Buffer[][]) =>
  extension('2.5.29.31', false, derElement(0x30, ...points.map((fields) => derElement(0x30, ...fields))));

const publish = async (name: string, order: Partial<CrlOrder>) =>
  folders.writeCrl(name, await issueCrl(pki.first, { ...CRL_NOW, ...order }));
const revoked = (serial: string) => [{ serial, at: day('2026-11-20') }];
const verify = async (serial: string, ...more: Extension[]) =>
  verifyCertificate(trust, await pki.card({ serial, more }), { purpose: 'auth', at: AT });
const inPart = (name: string) => listedAt([fullName(directoryName(name))]);

describe('lists that an authority divides by distribution point', () => {
  beforeEach(async () => {
    await publish('one.crl', {
      revoked: revoked('0a11'),
      extensions: [speaksOnlyOf(fullName(directoryName('part 1')), derElement(0x81, TRUE))],
    });
    await publish('two.crl', {
      thisUpdate: day('2026-11-22'),
      revoked: revoked('0a12'),
      extensions: [speaksOnlyOf(fullName(directoryName('part 2')))],
    });
  });

  it('are valid at once, each for the cards that name it', async () => {
    await expectRefusal(verify('0a11', inPart('part 1')), 'certificate_revoked');
    await expectRefusal(verify('0a12', inPart('part 2')), 'certificate_revoked');
    await expect(verify('0a13', inPart('part 1'))).resolves.toMatchObject({
      revocation: { thisUpdate: day('2026-11-21') },
    });
    await expect(verify('0a13', inPart('part 2'))).resolves.toMatchObject({
      revocation: { thisUpdate: day('2026-11-22') },
    });
  });

  it('say nothing about a card that names another part, or none', async () => {
    const cards = [
      [inPart('part 3')],
      [],
      [listedAt([derElement(0xa0, derElement(0xa1, Buffer.alloc(0)))])],
      // For some reasons only, and of another issuer.
      [listedAt([fullName(directoryName('part 1')), derElement(0x81, Buffer.of(1, 0x40))])],
      [listedAt([fullName(directoryName('part 1')), derElement(0xa2, directoryName('somebody'))])],
      [listedAt([fullName(derElement(0x86, Buffer.from('http://127.0.0.1/part-1.crl')))])],
    ];
    for (const more of cards) {
      expect(await expectRefusal(verify('0a13', ...more), 'revocation_unavailable')).toEqual({
        reason: 'other_part',
        anchor: 'auth-1',
      });
    }
  });

  it('speak of a card that names several', async () => {
    const points = listedAt([fullName(directoryName('part 9'), directoryName('part 1'))]);
    await expect(verify('0a13', points)).resolves.toBeDefined();
    await expectRefusal(verify('0a11', points), 'certificate_revoked');
  });

  it('stand beside a complete list: a card that either names is out', async () => {
    await publish('all.crl', { revoked: revoked('0a14') });
    await expectRefusal(verify('0a14', inPart('part 1')), 'certificate_revoked');
    await expectRefusal(verify('0a11', inPart('part 1')), 'certificate_revoked');
    await expect(verify('0a13')).resolves.toBeDefined();
  });

  it('tell of a card in use by its number alone', async () => {
    const anchor = trust.anchors.find(({ id }) => id === 'auth-1')!;
    expect(await trust.revocation.isRevoked(anchor, '0a11', AT)).toBe(true);
    expect(await trust.revocation.isRevoked(anchor, '0a12', AT)).toBe(true);
    expect(await trust.revocation.isRevoked(anchor, '0a13', AT)).toBe(false);
    expect(await trust.revocation.isRevoked(anchor, '0a11', day('2026-12-24'))).toBe(false);
  });

  it('refuse a card whose distribution points are no DER', async () => {
    const broken = extension('2.5.29.31', false, Buffer.from('3003a00180', 'hex'));
    await expectRefusal(verify('0a13', broken), 'certificate_malformed');
  });
});

describe('a list', () => {
  it("of all people's certificates counts, although it says that it has no authorities'", async () => {
    await publish('users.crl', { extensions: [speaksOnlyOf(derElement(0x81, TRUE))] });
    await expect(verify('0a13')).resolves.toBeDefined();
  });

  it.each<[string, Extension]>([
    ["of authorities' certificates only", speaksOnlyOf(derElement(0x82, TRUE))],
    ['of some reasons only', speaksOnlyOf(derElement(0x83, Buffer.of(1, 0x40)))],
    ["of others' certificates too (indirect)", speaksOnlyOf(derElement(0x84, TRUE))],
    ['of attribute certificates only', speaksOnlyOf(derElement(0x85, TRUE))],
    ['of changes (delta)', extension('2.5.29.27', true, Buffer.from('020101', 'hex'))],
    [
      'of changes, although it does not call that critical',
      extension('2.5.29.27', false, Buffer.from('020101', 'hex')),
    ],
    ['of a part without a name', speaksOnlyOf(fullName())],
    ['of a part with a relative name', speaksOnlyOf(derElement(0xa0, derElement(0xa1)))],
    ['with a critical extension that is unknown', extension('1.3.6.1.4.1.5.5', true, Buffer.of(5, 0))],
    ['with a negative number', extension('2.5.29.20', false, Buffer.from('0201ff', 'hex'))],
  ])('%s does not say that a card is good', async (_, kind) => {
    await publish('odd.crl', { extensions: [kind] });
    expect(await expectRefusal(verify('0a13'), 'revocation_unavailable')).toEqual({
      reason: 'missing',
      anchor: 'auth-1',
      unreadable: 1,
    });
  });

  it('says by its number where it stands', async () => {
    await publish('all.crl', { extensions: [number(7)] });
    await expect(verify('0a13')).resolves.toMatchObject({ revocation: { reference: '7' } });
  });

  it('does not go back to an older one that is laid in its place', async () => {
    await publish('all.crl', { revoked: revoked('0a11'), extensions: [number(7)] });
    await expectRefusal(verify('0a11'), 'certificate_revoked');
    await publish('all.crl', { extensions: [number(6)] });
    await expectRefusal(verify('0a11'), 'certificate_revoked');
    await publish('all.crl', { thisUpdate: day('2026-11-20') });
    await expectRefusal(verify('0a11'), 'certificate_revoked');
    await publish('all.crl', { thisUpdate: day('2026-11-22'), extensions: [number(6)] });
    await expectRefusal(verify('0a11'), 'certificate_revoked');
    await publish('all.crl', { extensions: [number(8)] });
    await expect(verify('0a11')).resolves.toBeDefined();
  });

  it('is not followed by an older one when it is taken away', async () => {
    await publish('new.crl', { revoked: revoked('0a11'), extensions: [number(7)] });
    await expectRefusal(verify('0a11'), 'certificate_revoked');
    await publish('old.crl', { extensions: [number(6)] });
    rmSync(path.join(folders.crlDir, 'new.crl'));
    await expectRefusal(verify('0a11'), 'revocation_unavailable');
  });

  it('of tomorrow does not keep one of today out', async () => {
    await publish('all.crl', { thisUpdate: day('2026-11-23'), extensions: [number(9)] });
    await expectRefusal(verify('0a13'), 'revocation_unavailable');
    await publish('all.crl', { extensions: [number(7)] });
    await expect(verify('0a13')).resolves.toBeDefined();
  });
});

describe('sources', () => {
  it('may be files', async () => {
    await publish('all.crl', { revoked: revoked('0a11') });
    const anchor = trust.anchors.find(({ id }) => id === 'auth-1')!;
    const files = [path.join(folders.crlDir, 'all.crl'), path.join(folders.crlDir, 'gone.crl')];
    const source = crlFiles(files, trust.anchors);
    const certificate = { serial: '0a13', distributionPoints: [] };
    await expect(source.check(anchor, certificate, AT)).resolves.toMatchObject({ source: 'crl' });
    await expectRefusal(source.check(anchor, { ...certificate, serial: '0a11' }, AT), 'certificate_revoked');
    const nothing = crlFiles([], trust.anchors).check(anchor, certificate, AT);
    expect(await expectRefusal(nothing, 'revocation_unavailable')).toMatchObject({ reason: 'missing' });
  });

  it('are chosen by anchor, and an anchor without one lets nobody in', async () => {
    const anchor = trust.anchors.find(({ id }) => id === 'auth-1')!;
    const certificate = { serial: '0a13', distributionPoints: [] };
    for (const source of [noRevocation, revocationByAnchor(new Map([['auth-2', trust.revocation]]))]) {
      expect(await expectRefusal(source.check(anchor, certificate, AT), 'revocation_unavailable')).toEqual({
        reason: 'no_source',
        anchor: 'auth-1',
      });
      expect(await source.isRevoked(anchor, '0a11', AT)).toBe(false);
    }
  });
});
