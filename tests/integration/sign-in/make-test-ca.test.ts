import { pbkdf2Sync, webcrypto } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { signWithCard } from '#lib/client/card.ts';
import { CardFault, readCardFile, type CardFaultCode } from '#lib/client/card-file.ts';
import type { RefusalCode } from '#lib/domain/refusal.ts';
import { loadTrust, type Trust } from '#lib/server/certificates/trust.ts';
import { verifyCertificate } from '#lib/server/certificates/verify-certificate.ts';
import { verifySignature } from '#lib/server/certificates/verify-signature.ts';
import { makeTestCa, refreshCrl, type TestCa } from '../../../scripts/make-test-ca.ts';
import type { TestPerson } from '../../../scripts/test-ca/cards.ts';
import { AT, expectRefusal } from '../certificates/test-pki.ts';

const PEOPLE: TestPerson[] = [
  { id: 'hanako', nameJa: '山田 花子', pin: '1234', status: 'valid' },
  { id: 'expired', nameJa: '期限 切子', pin: '1111', status: 'expired' },
  { id: 'revoked', nameJa: '失効 済夫', pin: '2222', status: 'revoked' },
  { id: 'foreign', nameJa: '偽野 者男', pin: '3333', status: 'foreign' },
  { id: 'signing', nameJa: '署名 用子', pin: '4444', status: 'signing' },
];
const DAY_MS = 24 * 3_600_000;

let outDir: string;
let made: TestCa;
let trust: Trust;

beforeAll(async () => {
  outDir = mkdtempSync(path.join(tmpdir(), 'koshu-ca-'));
  made = await makeTestCa({ outDir, people: PEOPLE, now: AT });
  trust = await loadTrust({
    mode: 'test',
    trustDir: made.trustDir,
    crlDir: made.crlDir,
    allowTestCards: true,
  });
});
afterAll(() => rmSync(outDir, { recursive: true, force: true }));

// The page has it over https and on localhost.
beforeEach(() => void vi.stubGlobal('isSecureContext', true));

const cardText = (id: string) => readFileSync(path.join(made.cardsDir, `${id}.card.json`), 'utf8');
const readCard = (id: string) => readCardFile(new Blob([cardText(id)]));
const verify = async (id: string, at = AT) =>
  verifyCertificate(trust, Buffer.from((await readCard(id)).certificate, 'base64'), { purpose: 'auth', at });

async function expectFault(promise: Promise<unknown>, code: CardFaultCode): Promise<void> {
  await expect(promise).rejects.toSatisfy((fault) => fault instanceof CardFault && fault.code === code);
}

describe('the test authority', () => {
  it('makes a card that signs in, by the anchor, serial number and key that it says', async () => {
    const { serial, anchorId, spkiSha256 } = await verify('hanako');
    expect(made.cards[0]).toEqual({ id: 'hanako', anchorId, serial, spkiSha256: spkiSha256.toString('hex') });
  });

  it.each<[string, RefusalCode]>([
    ['expired', 'certificate_expired'],
    ['revoked', 'certificate_revoked'],
    ['foreign', 'certificate_untrusted'],
    ['signing', 'certificate_wrong_purpose'],
  ])('makes a card that is %s, and refused for that', async (id, code) => {
    await expectRefusal(verify(id), code);
  });

  it('gives the foreign card the serial number of the real one', () => {
    expect(made.cards.find(({ id }) => id === 'foreign')?.serial).toBe(made.cards[0]?.serial);
  });

  it('makes nothing anew that it has made before', async () => {
    const before = PEOPLE.map(({ id }) => cardText(id));
    const again = await makeTestCa({ outDir, people: PEOPLE, now: AT });
    expect(again).toEqual(made);
    expect(PEOPLE.map(({ id }) => cardText(id))).toEqual(before);
  });

  it('makes a new card when its order changed, and revokes the old one', async () => {
    const old = await readCard('hanako');
    const people = PEOPLE.map((person) => (person.id === 'hanako' ? { ...person, pin: '9876' } : person));
    made = await makeTestCa({ outDir, people, now: AT });
    await expect(verify('hanako')).resolves.toBeDefined();
    const oldDer = Buffer.from(old.certificate, 'base64');
    await expectRefusal(verifyCertificate(trust, oldDer, { purpose: 'auth', at: AT }), 'certificate_revoked');
    made = await makeTestCa({ outDir, people: PEOPLE, now: AT });
  });

  it('issues its revocation lists anew before they are over', async () => {
    const later = new Date(AT.getTime() + 55 * DAY_MS);
    expect(await refreshCrl({ outDir, now: AT })).toBe(false);
    expect(await refreshCrl({ outDir, now: later })).toBe(true);
    await expect(verify('hanako', new Date(AT.getTime() + 100 * DAY_MS))).resolves.toBeDefined();
  });

  it('keeps the keys of the authorities to itself', () => {
    expect(statSync(path.join(outDir, 'private')).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(outDir, 'private/koshu-test-auth.key')).mode & 0o777).toBe(0o600);
  });
});

describe('a card file', () => {
  it('signs after the right PIN, and the server believes it', async () => {
    const { signature } = await signWithCard(await readCard('hanako'), '1234', 'こんにちは');
    const certificate = await verify('hanako', new Date(AT.getTime() + 56 * DAY_MS));
    expect(() =>
      verifySignature(certificate, Buffer.from('こんにちは'), Buffer.from(signature, 'base64')),
    ).not.toThrow();
  });

  it('stays shut to a wrong PIN, and to one that is not four digits', async () => {
    const card = await readCard('hanako');
    await expectFault(signWithCard(card, '4321', 'x'), 'pin_wrong');
    for (const pin of ['', '123', '12345', '１２３４', 'abcd'])
      await expectFault(signWithCard(card, pin, 'x'), 'pin_form');
  });

  it('cannot sign where the browser offers no cryptography', async () => {
    vi.stubGlobal('isSecureContext', false);
    await expectFault(signWithCard(await readCard('hanako'), '1234', 'x'), 'crypto_missing');
  });

  it('says so when its key is none', async () => {
    const card = await readCard('hanako');
    const { salt, iterations } = card.sealedKey;
    const secret = pbkdf2Sync('1234', Buffer.from(salt, 'base64'), iterations, 32, 'sha256');
    const key = await webcrypto.subtle.importKey('raw', secret, 'AES-GCM', false, ['encrypt']);
    const iv = Buffer.from(card.sealedKey.iv, 'base64');
    const sealed = await webcrypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, Buffer.from('no key'));
    const damaged = {
      ...card,
      sealedKey: { ...card.sealedKey, ciphertext: Buffer.from(sealed).toString('base64') },
    };
    await expectFault(signWithCard(damaged, '1234', 'x'), 'card_damaged');
  });

  it.each<[string, string | Uint8Array<ArrayBuffer>, CardFaultCode]>([
    ['is empty', '', 'card_unreadable'],
    ['is a picture', new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), 'card_unreadable'],
    ['is other JSON', '{"hello":1}', 'card_unreadable'],
    ['is null', 'null', 'card_unreadable'],
    ['is of a later version', '{"format":"koshu-test-card","version":2}', 'card_other_version'],
    ['lacks its parts', '{"format":"koshu-test-card","version":1,"holder":"x"}', 'card_unreadable'],
    ['is huge', 'x'.repeat(10 * 1024 * 1024), 'card_too_large'],
  ])('is refused in the browser when it %s', async (_, content, code) => {
    await expectFault(readCardFile(new Blob([content])), code);
  });

  it('is refused when its numbers would keep the browser busy for hours', async () => {
    const card = JSON.parse(cardText('hanako')) as { sealedKey: { iterations: number } };
    card.sealedKey.iterations = 1e12;
    await expectFault(readCardFile(new Blob([JSON.stringify(card)])), 'card_unreadable');
  });
});
