import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import { readSignatureFile } from '#lib/server/first-link/read-signature-file.ts';
import { BareSignature } from '#lib/server/first-link/sign-first-link.ts';
import { expectRefusal } from '../certificates/test-pki.ts';
import { newBrowser, NOW, openLinkDesk, type LinkDesk } from './link-desk.ts';

let desk: LinkDesk;
beforeAll(async () => {
  desk = await openLinkDesk();
});
afterAll(() => desk.close());
beforeEach(() => void desk.clock.set(NOW));

describe('a document', () => {
  it('is answered once', async () => {
    const { browser, link } = await desk.arrive();
    const answer = await desk.answer(link, desk.four('aoi'));
    await desk.hand(browser, answer);
    await expectRefusal(desk.hand(browser, answer), 'first_link_used');
  });

  it('is answered once when two come at the same time', async () => {
    const { browser, link } = await desk.arrive();
    const answer = await desk.answer(link, desk.four('aoi'));
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => desk.hand(browser, answer)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is spent by a wrong answer; the next one has another nonce', async () => {
    const { browser, link } = await desk.arrive();
    const wrong = await desk.answer(link, desk.four('aoi'), { alter: (text) => `${text} ` });
    await expectRefusal(desk.hand(browser, wrong), 'signature_invalid');
    await expectRefusal(desk.hand(browser, await desk.answer(link, desk.four('aoi'))), 'first_link_used');
    const next = await desk.openView(browser);
    expect(next.nonce).not.toBe(link.nonce);
    expect(next.document).toContain(`nonce: ${next.nonce}\n`);
    expect(next.attemptsLeft).toBe(LIMITS.firstLinkMaxAttempts - 1);
    expect((await desk.hand(browser, await desk.answer(next, desk.four('aoi')))).kind).toBe('session');
  });

  it('may be signed five times in vain, then it is over', async () => {
    const { browser } = await desk.arrive();
    for (let attempt = 0; attempt < LIMITS.firstLinkMaxAttempts; attempt += 1) {
      const link = await desk.openView(browser);
      const wrong = await desk.answer(link, desk.four('aoi'), { alter: () => 'something else' });
      await expectRefusal(desk.hand(browser, wrong), 'signature_invalid');
    }
    expect(await desk.view(browser)).toMatchObject({ state: 'expired' });
  });

  it('is of no use in another browser', async () => {
    const { link } = await desk.arrive();
    const answer = await desk.answer(link, desk.four('aoi'));
    await expectRefusal(desk.hand(newBrowser(), answer), 'first_link_other_browser');
  });

  it('is of no use after half an hour', async () => {
    const { browser, link } = await desk.arrive();
    const answer = await desk.answer(link, desk.four('aoi'));
    desk.clock.advance(LIMITS.firstLinkTtlMs + 1);
    await expectRefusal(desk.hand(browser, answer), 'first_link_over');
    expect(await desk.view(browser)).toMatchObject({ state: 'expired' });
  });

  it('signed for another card, or for another start with the same card, is of no use', async () => {
    const mine = await desk.arrive();
    const another = await desk.arrive();
    const again = await desk.arrive(mine.card);
    for (const other of [another.link, again.link]) {
      const link = await desk.openView(mine.browser);
      const crossed = { ...(await desk.answer(other, desk.four('aoi'))), id: link.id, nonce: link.nonce };
      await expectRefusal(desk.hand(mine.browser, crossed), 'signature_invalid');
    }
  });

  it('must be one of ours', async () => {
    const { browser, link } = await desk.arrive();
    const answer = await desk.answer(link, desk.four('aoi'));
    const unknown = { ...answer, id: '00000000-0000-4000-8000-000000000000' };
    await expectRefusal(desk.hand(browser, unknown), 'first_link_used');
    await expectRefusal(desk.hand(browser, { ...answer, nonce: 'x'.repeat(43) }), 'first_link_used');
  });

  it('leads the browser nowhere else once it is done', async () => {
    const { browser, link } = await desk.arrive();
    const first = await desk.answer(link, desk.four('aoi'));
    await desk.hand(browser, first);
    expect(await desk.view(browser)).toMatchObject({ state: 'linked' });
  });
});

describe('a signature', () => {
  const refused = async (
    options: Parameters<LinkDesk['answer']>[2],
    code: Parameters<typeof expectRefusal>[1],
  ) => {
    const { browser, link } = await desk.arrive();
    await expectRefusal(desk.hand(browser, await desk.answer(link, desk.four('aoi'), options)), code);
  };

  it('by the card for signing in is none: it names nobody', async () => {
    const { der } = await desk.newCard();
    await refused({ der }, 'certificate_wrong_purpose');
  });

  it('by an expired signing certificate is none', () =>
    refused(
      { card: { notBefore: new Date('2020-01-01'), notAfter: new Date('2026-11-21') } },
      'certificate_expired',
    ));

  it('by a self-made authority is none', () =>
    refused({ card: { authority: desk.pki.rogue, claims: desk.pki.sign } }, 'certificate_untrusted'));

  it('without certificate or signature, or far too long, is not even looked at', () => {
    const shape = { id: '00000000-0000-4000-8000-000000000000', nonce: 'x'.repeat(43) };
    for (const wrong of [
      {},
      { certificate: '', signature: 'AAAA' },
      { certificate: 'AAAA', signature: '' },
      { certificate: 'A'.repeat(40_000), signature: 'AAAA' },
      { certificate: 'あ', signature: 'AAAA' },
    ])
      expect(BareSignature.safeParse({ ...shape, ...wrong }).success).toBe(false);
  });

  it.each([
    ['empty', 0],
    ['larger than any signature', LIMITS.cmsMaxBytes + 1],
  ])('file that is %s is refused before the document is spent', async (_, size) => {
    await expectRefusal(
      readSignatureFile(new Blob([new Uint8Array(size)])),
      'first_link_signature_too_large',
    );
  });

  it('file of rubbish is refused', async () => {
    const { browser, link } = await desk.arrive();
    const signed = await readSignatureFile(new Blob(['this is no signature']));
    const handed = desk.hand(browser, { id: link.id, nonce: link.nonce, signed });
    await expect(handed).rejects.toMatchObject({ name: 'Refusal' });
  });
});

describe('nobody else', () => {
  it('is linked by the signature of somebody whom the register does not know', async () => {
    const { browser, link } = await desk.arrive();
    const sakura = desk.four('sakura');
    await expectRefusal(desk.hand(browser, await desk.answer(link, sakura)), 'first_link_not_in_register');
    expect((await desk.openView(browser)).attemptsLeft).toBe(LIMITS.firstLinkMaxAttempts - 1);
  });

  it('gets a card that is in force for another driver', async () => {
    const { browser, link, card } = await desk.arrive();
    await desk.linkTo('hanako', card.serial);
    await expectRefusal(desk.hand(browser, await desk.answer(link, desk.four('aoi'))), 'not_allowed');
    expect(await desk.credentialsOf('hanako')).toContainEqual({
      ...{ kind: 'certificate', key: card.serial, isReplaced: false },
    });
  });

  it("gets a card that was another driver's", async () => {
    const old = await desk.newCard();
    for (const card of [old, await desk.newCard()]) {
      const { browser, link } = await desk.arrive(card);
      await desk.hand(browser, await desk.answer(link, desk.four('ichiro')));
    }
    const { browser, link } = await desk.arrive(old);
    await expectRefusal(desk.hand(browser, await desk.answer(link, desk.four('aoi'))), 'not_allowed');
  });
});
