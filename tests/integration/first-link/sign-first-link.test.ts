import { KeyObject } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findActor } from '#lib/server/sessions/find-actor.ts';
import { readSignatureFile } from '#lib/server/first-link/read-signature-file.ts';
import { signCms } from '../../../scripts/test-ca/sign-cms.ts';
import { expectRefusal } from '../certificates/test-pki.ts';
import { newBrowser, NOW, openLinkDesk, type LinkDesk } from './link-desk.ts';

let desk: LinkDesk;
beforeAll(async () => {
  desk = await openLinkDesk();
});
afterAll(() => desk.close());
beforeEach(() => void desk.clock.set(NOW));

const driverOf = async (token: string) => {
  const actor = await findActor(desk.app, token);
  return actor?.kind === 'learner' ? actor.driverId : null;
};
/** The whole way with a new card: arrives, signs, and what came of it. */
const linkNewCard = async (id: string, changes = {}) => {
  const { browser, link, card } = await desk.arrive();
  const outcome = await desk.hand(browser, await desk.answer(link, desk.four(id, changes)));
  return { outcome, browser, card };
};
const linkAndEnter = async (id: string) => {
  const { outcome, ...rest } = await linkNewCard(id);
  if (outcome.kind !== 'session') throw new Error('was not linked at once');
  return { token: outcome.token, ...rest };
};

describe('the first link', () => {
  it('lets in whom the register knows exactly, and next time the card alone is enough', async () => {
    const { token, card } = await linkAndEnter('aoi');
    expect(await driverOf(token)).toBe(desk.driverId('aoi'));
    expect(await desk.signIn(card, newBrowser())).toMatchObject({ kind: 'session' });
  });

  it('takes a signature file of other software, detached or attached, DER or PEM', async () => {
    const privateKey = KeyObject.from(desk.pki.keys.privateKey);
    for (const isAttached of [false, true])
      for (const isPem of [false, true]) {
        const { browser, link } = await desk.arrive();
        const certificates = [await desk.signingDer(desk.four('aoi'))];
        const document = Buffer.from(link.document);
        const cms = signCms({ certificates, privateKey, document, isAttached });
        const pem = `-----BEGIN CMS-----\n${cms.toString('base64')}\n-----END CMS-----\n`;
        const signed = await readSignatureFile(new Blob([isPem ? pem : new Uint8Array(cms)]));
        const outcome = await desk.hand(browser, { id: link.id, nonce: link.nonce, signed });
        expect(outcome.kind).toBe('session');
      }
  });

  it('links the app as it links a card', async () => {
    const { browser, link } = await desk.arriveByApp('subject-of-aoi');
    const outcome = await desk.hand(browser, await desk.answer(link, desk.four('aoi')));
    expect(outcome.kind).toBe('session');
    expect(await desk.credentialsOf('aoi')).toContainEqual({
      ...{ kind: 'oidc', key: 'subject-of-aoi', isReplaced: false },
    });
  });

  it('has a document that a person can read, and that says all that the signature is for', async () => {
    const { link } = await desk.arrive();
    expect(link.document).toContain('初回連携の申請書');
    expect(link.document).toContain('Application for the first link');
    expect(link.document).toContain('http://localhost:3000');
    expect(link.document).toMatch(/受付番号 receipt: L\d{4}-\d{4}\n/);
    expect(link.document).toMatch(/\ncredential: [0-9a-f]{64}\nbrowser: [0-9a-f]{64}\nnonce: [\w-]{43}\n$/);
    expect(link.document).toContain('expires: 2026-11-22T03:30:00.000Z\n');
  });

  it('shows the same document until it is answered', async () => {
    const { browser, link } = await desk.arrive();
    expect(await desk.openView(browser)).toEqual(link);
    const [one, other] = await Promise.all([desk.openView(browser), desk.openView(browser)]);
    expect(one).toEqual(other);
  });
});

describe('a card that was issued anew', () => {
  it('takes the place of the old one, which opens nothing any more', async () => {
    const old = await linkAndEnter('kaoru');
    const anew = await linkAndEnter('kaoru');
    expect(await desk.credentialsOf('kaoru')).toEqual([
      { kind: 'certificate', key: old.card.serial, isReplaced: true },
      { kind: 'certificate', key: anew.card.serial, isReplaced: false },
    ]);
    expect(await driverOf(old.token)).toBeNull();
    expect(await driverOf(anew.token)).toBe(desk.driverId('kaoru'));
    expect(await desk.signIn(old.card, newBrowser())).toMatchObject({ kind: 'firstLink' });
  });

  it('leaves the app of the same person alone', async () => {
    const byApp = await desk.arriveByApp('subject-of-kaoru');
    await desk.hand(byApp.browser, await desk.answer(byApp.link, desk.four('kaoru')));
    await linkAndEnter('kaoru');
    expect(await desk.credentialsOf('kaoru')).toContainEqual({
      ...{ kind: 'oidc', key: 'subject-of-kaoru', isReplaced: false },
    });
  });

  it('may be followed by the old one, which its holder links again', async () => {
    const first = await linkAndEnter('makoto');
    const second = await linkAndEnter('makoto');
    const { browser, link } = await desk.arrive(first.card);
    const outcome = await desk.hand(browser, await desk.answer(link, desk.four('makoto')));
    expect(outcome.kind).toBe('session');
    expect(await desk.credentialsOf('makoto')).toEqual([
      { kind: 'certificate', key: first.card.serial, isReplaced: false },
      { kind: 'certificate', key: second.card.serial, isReplaced: true },
    ]);
  });

  it('leaves one card when two are linked at the same time', async () => {
    const [one, other] = [await desk.arrive(), await desk.arrive()];
    const answers = [
      await desk.answer(one.link, desk.four('naoko')),
      await desk.answer(other.link, desk.four('naoko')),
    ];
    await Promise.all([desk.hand(one.browser, answers[0]!), desk.hand(other.browser, answers[1]!)]);
    const credentials = await desk.credentialsOf('naoko');
    expect(credentials.filter(({ isReplaced }) => !isReplaced)).toHaveLength(1);
  });
});

describe('the register', () => {
  it('must have the signing certificate: else the counter comes first', async () => {
    const { browser, link } = await desk.arrive();
    const id = desk.driverId('daisuke');
    const set = (day: string | null) =>
      desk.app.db
        .updateTable('driver')
        .set({ signingCertificateSubmittedOn: day })
        .where('id', '=', id)
        .execute();
    await set(null);
    const answer = await desk.answer(link, desk.four('daisuke'));
    await expectRefusal(desk.hand(browser, answer), 'first_link_not_submitted');
    await set('2026-11-22');
    const next = await desk.openView(browser);
    expect((await desk.hand(browser, await desk.answer(next, desk.four('daisuke')))).kind).toBe('session');
  });

  it('must have the licence on the card', async () => {
    const { browser, link } = await desk.arrive();
    await desk.app.db
      .updateTable('driver')
      .set({ signingCertificateSubmittedOn: '2026-11-01' })
      .where('id', '=', desk.driverId('yumi'))
      .execute();
    const answer = await desk.answer(link, desk.four('yumi'));
    await expectRefusal(desk.hand(browser, answer), 'first_link_no_card_record');
  });
});
