import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { signWithCard } from '#lib/client/card.ts';
import { CardFault, readCardFile, type CardFaultCode } from '#lib/client/card-file.ts';
import type { FourInformation } from '#lib/domain/people/four-information.ts';
import { loadTrust } from '#lib/server/certificates/trust.ts';
import { verifyDocument } from '#lib/server/certificates/verify-document.ts';
import { makeTestCa, type TestCa } from '../../../scripts/make-test-ca.ts';
import { makeSigningCards, type SigningPerson } from '../../../scripts/test-ca/signing-cards.ts';
import { AT, expectRefusal } from '../certificates/test-pki.ts';

const AOI: FourInformation = {
  name: '松本　葵',
  nameSubstituted: [],
  address: '神奈川県横浜市旭区見本町1-2-3',
  addressSubstituted: [],
  birthDate: '1991-12-01',
  sex: 'female',
};
const order = (changes: Partial<FourInformation> = {}): SigningPerson => ({
  ...{ id: 'aoi', holder: '松本 葵', password: 'AOI131313' },
  fourInformation: { ...AOI, ...changes },
});

let outDir: string;
let made: TestCa;
beforeAll(async () => {
  outDir = mkdtempSync(path.join(tmpdir(), 'koshu-ca-'));
  const people = [{ id: 'aoi', nameJa: '松本 葵', pin: '1313', status: 'valid', isReissued: true }] as const;
  made = await makeTestCa({ outDir, people, now: AT });
  await makeSigningCards({ outDir, people: [order()], now: AT });
});
afterAll(() => rmSync(outDir, { recursive: true, force: true }));

// The page has it over https and on localhost.
beforeEach(() => void vi.stubGlobal('isSecureContext', true));

const text = (file = 'aoi.sign.card.json') => readFileSync(path.join(made.cardsDir, file), 'utf8');
const read = (file?: string) => readCardFile(new Blob([text(file)]), 'sign');
const verify = async (card: string, document = '申請書') => {
  const { certificate, signature } = await signWithCard(
    await readCardFile(new Blob([card]), 'sign'),
    'AOI131313',
    document,
  );
  const trust = await loadTrust({ mode: 'test', allowTestCards: true, ...made });
  const [der, bytes] = [Buffer.from(certificate, 'base64'), Buffer.from(signature, 'base64')];
  return verifyDocument(
    trust,
    Buffer.from('申請書'),
    { kind: 'raw', certificate: der, signature: bytes },
    AT,
  );
};
async function expectFault(promise: Promise<unknown>, code: CardFaultCode): Promise<void> {
  await expect(promise).rejects.toSatisfy((fault) => fault instanceof CardFault && fault.code === code);
}

describe('a signing card file', () => {
  it('signs a document after the right password, and the server reads who its holder is', async () => {
    const { fourInformation } = await verify(text());
    expect(fourInformation).toMatchObject({ name: AOI.name, address: AOI.address, birthDate: AOI.birthDate });
  });

  it('stays shut to a wrong password, and to one in another form', async () => {
    await expectFault(signWithCard(await read(), 'AOI131314', 'x'), 'pin_wrong');
    for (const password of ['', '1313', 'AOI13', 'aoi131313', 'AOI131313AOI13131', 'ＡＯＩ１３１３'])
      await expectFault(signWithCard(await read(), password, 'x'), 'pin_form');
  });

  it('is not taken for signing in, nor the other way round', async () => {
    await expectFault(readCardFile(new Blob([text()])), 'card_other_use');
    await expectFault(read('aoi.card.json'), 'card_other_use');
  });

  it('of an unknown kind is of another version', async () => {
    const card = JSON.parse(text()) as object;
    for (const odd of [{ use: 'other' }, { use: undefined }, { version: 3 }])
      await expectFault(
        readCardFile(new Blob([JSON.stringify({ ...card, ...odd })]), 'sign'),
        'card_other_version',
      );
  });

  it('is made once, and anew for somebody who has moved: the old one is revoked', async () => {
    const before = text();
    await makeSigningCards({ outDir, people: [order()], now: AT });
    expect(text()).toBe(before);
    await makeSigningCards({ outDir, people: [order({ address: '東京都府中市見本町1-1' })], now: AT });
    expect((await verify(text())).fourInformation.address).toBe('東京都府中市見本町1-1');
    await expectRefusal(verify(before), 'certificate_revoked');
  });
});

describe('a card that was issued anew', () => {
  it('is told with the one before, which is revoked', () => {
    const [aoi] = made.cards;
    expect(aoi?.former).toMatchObject({ anchorId: aoi?.anchorId, serial: expect.any(String) });
    expect(aoi?.former?.serial).not.toBe(aoi?.serial);
  });
});
