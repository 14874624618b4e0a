import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import type { FourInformation } from '#lib/domain/people/four-information.ts';
import { checkFirstLink } from '#lib/server/first-link/check-first-link.ts';
import {
  ApproveFirstLink,
  DECLINE_REASONS,
  DeclineFirstLink,
} from '#lib/server/first-link/decide-first-link.ts';
import { listLinksToDecide } from '#lib/server/first-link/list-waiting-links.ts';
import { sweepFirstLinks } from '#lib/server/first-link/sweep-first-links.ts';
import { expectRefusal } from '../certificates/test-pki.ts';
import { newBrowser, NOW, openLinkDesk, type LinkDesk } from './link-desk.ts';

let desk: LinkDesk;
beforeAll(async () => {
  desk = await openLinkDesk();
});
afterAll(() => desk.close());
beforeEach(() => void desk.clock.set(NOW));

/** Signs, and is told to wait for an officer. */
async function wait(id: string, changes: Partial<FourInformation> = {}) {
  const { browser, link, card } = await desk.arrive();
  const outcome = await desk.hand(browser, await desk.answer(link, desk.four(id, changes)));
  expect(outcome).toEqual({ kind: 'awaitingOfficer' });
  const waiting = await desk.view(browser);
  if (waiting?.state !== 'awaitingOfficer') throw new Error('does not wait');
  return { ...{ browser, card }, link: waiting, number: waiting.receiptNumber };
}
const waitMinoru = () => wait('minoru');
const check = (receiptNumber: string, officer = desk.mori) =>
  checkFirstLink(desk.app, officer, { receiptNumber });

describe('who is not the same beyond doubt', () => {
  it.each<[string, string, Partial<FourInformation>, string[]]>([
    ['a replaced character', 'minoru', {}, ['nameSubstituted']],
    ['an old form that nobody flagged', 'minoru', { nameSubstituted: [] }, ['nameVariant']],
    ['another address', 'aoi', { address: '東京都府中市見本町9-9' }, ['addressDifferent']],
    ['another name at the same address', 'aoi', { name: '鈴木　葵' }, ['nameDifferent']],
    ['an unknown birth date', 'aoi', { birthDate: null }, ['birthDateUnknown']],
  ])('waits for an officer and is not refused: %s', async (_, id, changes, differences) => {
    const { link } = await wait(id, changes);
    expect(link).toMatchObject({ differences, commission: { nameEn: expect.stringContaining('Kanagawa') } });
    expect(link).not.toHaveProperty('candidateIds');
  });

  it('waits when the register has two who are the same in everything', async () => {
    const twin = {
      ...(await desk.app.db
        .selectFrom('driver')
        .selectAll()
        .where('id', '=', desk.driverId('naoko'))
        .executeTakeFirstOrThrow()),
      id: randomUUID(),
      licenceNumber: '990000000099',
      homeCommissionCode: 'tokyo',
    };
    await desk.app.db.insertInto('driver').values(twin).execute();
    const { link, number } = await wait('naoko');
    expect(link).toMatchObject({ differences: ['severalCandidates'], commission: null });
    expect((await check(number)).candidates.map(({ id }) => id)).toEqual([desk.driverId('naoko')]);
    expect((await check(number, desk.hayashi)).candidates.map(({ id }) => id)).toEqual([twin.id]);
    await expectRefusal(desk.approve(number, twin.id, desk.mori), 'not_allowed');
    await desk.approve(number, desk.driverId('naoko'));
    await expectRefusal(desk.approve(number, twin.id, desk.hayashi), 'first_link_already_decided');
  });

  it('still has to have handed in the certificate', async () => {
    const { browser, link } = await desk.arrive();
    await desk.app.db
      .updateTable('driver')
      .set({ signingCertificateSubmittedOn: null })
      .where('id', '=', desk.driverId('daisuke'))
      .execute();
    const moved = desk.four('daisuke', { address: '東京都' });
    await expectRefusal(desk.hand(browser, await desk.answer(link, moved)), 'first_link_not_submitted');
  });
});

describe('a person who waits', () => {
  it('has no session and cannot sign in', async () => {
    const { card } = await waitMinoru();
    expect(await desk.signIn(card, newBrowser())).toMatchObject({ kind: 'firstLink' });
    expect(await desk.app.db.selectFrom('session').select('idSha256').execute()).toEqual([]);
  });

  it('finds his receipt again in another browser, by his card', async () => {
    const { card, number, browser } = await waitMinoru();
    const other = newBrowser();
    await desk.signIn(card, other);
    expect(await desk.view(other)).toMatchObject({ state: 'awaitingOfficer', receiptNumber: number });
    expect(await desk.view(browser)).toBeNull();
  });

  it('is let in with the same card once the officer has agreed', async () => {
    const { card, browser, number } = await waitMinoru();
    await desk.approve(number, desk.driverId('minoru'));
    expect(await desk.view(browser)).toMatchObject({ state: 'linked' });
    expect(await desk.signIn(card, newBrowser())).toMatchObject({ kind: 'session' });
  });

  it.each(DECLINE_REASONS)('is told why not, and may begin again: %s', async (reason) => {
    const { card, browser, number } = await waitMinoru();
    await desk.decline(number, { reason, note: '窓口で確認' });
    expect(await desk.view(browser)).toEqual({ state: 'declined', receiptNumber: number, reason });
    expect((await desk.arrive(card)).link.receiptNumber).not.toBe(number);
  });

  it('may begin again after two weeks', async () => {
    const { card, browser, number } = await waitMinoru();
    desk.clock.advance(LIMITS.firstLinkWaitMs + 1);
    expect(await desk.view(browser)).toMatchObject({ state: 'expired' });
    await expectRefusal(desk.approve(number, desk.driverId('minoru')), 'first_link_already_decided');
    // The card's revocation list is of that other day, too: only the door is tried, not the card.
    const { serial } = card;
    const proof = {
      method: 'challenge',
      evidence: {},
      identity: { kind: 'certificate', anchorId: 'auth-1', serial, spkiSha256: await desk.spki() },
    } as const;
    const browserAgain = newBrowser();
    await desk.enterWith(proof, browserAgain);
    expect(await desk.view(browserAgain)).toMatchObject({ state: 'open' });
  });
});

describe('an officer', () => {
  it('sees those who wait of his own commission, the oldest first, and only those', async () => {
    const before = await listLinksToDecide(desk.app, desk.mori);
    desk.clock.advance(1_000);
    const { number } = await waitMinoru();
    const after = await listLinksToDecide(desk.app, desk.mori);
    expect(after.map(({ receiptNumber }) => receiptNumber)).toEqual([
      ...before.map(({ receiptNumber }) => receiptNumber),
      number,
    ]);
    expect(await listLinksToDecide(desk.app, desk.hayashi)).toEqual([]);
    await expectRefusal(check(number, desk.hayashi), 'not_found');
    await expectRefusal(desk.approve(number, desk.driverId('minoru'), desk.hayashi), 'not_found');
    await expectRefusal(desk.decline(number, undefined, desk.hayashi), 'not_found');
  });

  it('finds one by its number as people say it, and that is written down', async () => {
    const { number } = await waitMinoru();
    const typed = ` ${number.slice(1, 5)}ー${number.slice(5)} `;
    const found = await check(typed);
    expect(found).toMatchObject({
      state: 'awaitingOfficer',
      differences: ['nameSubstituted'],
      decision: null,
    });
    expect(found.candidates).toMatchObject([{ name: '髙崎 実', birthDate: desk.four('minoru').birthDate }]);
    for (const wrong of ['', 'L0000-0001', 'x'.repeat(40)]) await expectRefusal(check(wrong), 'not_found');
    const audited = await desk.app.db
      .selectFrom('auditEvent')
      .select('what')
      .orderBy('id', 'desc')
      .limit(1)
      .execute();
    expect(audited).toEqual([{ what: 'firstLink.checked' }]);
  });

  it('decides once: of two at the same time the second is told', async () => {
    const { number } = await waitMinoru();
    const outcomes = await Promise.allSettled([
      desk.approve(number, desk.driverId('minoru')),
      desk.decline(number, { reason: 'withdrawn' }),
    ]);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toMatchObject({ code: 'first_link_already_decided' });
    expect((await check(number)).decision).toMatchObject({ officerName: '森 和子' });
  });

  it('cannot link to somebody who was not meant', async () => {
    const { number } = await waitMinoru();
    await expectRefusal(desk.approve(number, desk.driverId('hanako')), 'not_allowed');
  });

  it('cannot link what became another driver’s meanwhile', async () => {
    const { number, card } = await waitMinoru();
    await desk.linkTo('hanako', card.serial);
    await expectRefusal(desk.approve(number, desk.driverId('minoru')), 'not_allowed');
  });

  it('goes by the register of today', async () => {
    const { number } = await waitMinoru();
    const set = (day: string | null) =>
      desk.app.db
        .updateTable('driver')
        .set({ signingCertificateSubmittedOn: day })
        .where('id', '=', desk.driverId('minoru'))
        .execute();
    await set(null);
    await expectRefusal(desk.approve(number, desk.driverId('minoru')), 'first_link_not_submitted');
    await set('2026-11-01');
    await desk.approve(number, desk.driverId('minoru'));
  });

  it('says that he has seen the person, and why not', async () => {
    const { number } = await waitMinoru();
    await expectRefusal(desk.decline(number, {}), 'reason_required');
    await expectRefusal(desk.decline(number, { reason: 'other', note: '  ' }), 'reason_required');
    const form = { receiptNumber: number, driverId: desk.driverId('minoru') };
    expect(ApproveFirstLink.safeParse(form).success).toBe(false);
    expect(ApproveFirstLink.safeParse({ ...form, isSamePerson: 'yes', driverId: '1' }).success).toBe(false);
    const long = { receiptNumber: number, reason: 'other', note: 'x'.repeat(LIMITS.textMaxLength + 1) };
    expect(DeclineFirstLink.safeParse(long).success).toBe(false);
  });

  it('replaces the card that the person had, and its sessions end', async () => {
    await desk.linkTo('minoru', desk.newSerial());
    const { number, card } = await waitMinoru();
    expect((await check(number)).candidates).toMatchObject([{ hasCredential: true }]);
    await desk.approve(number, desk.driverId('minoru'));
    const live = (await desk.credentialsOf('minoru')).filter(({ isReplaced }) => !isReplaced);
    expect(live).toEqual([{ kind: 'certificate', key: card.serial, isReplaced: false }]);
  });
});

describe('sweeping', () => {
  it('ends what was not signed or decided in time, and forgets yesterday’s that nobody signed', async () => {
    const { browser } = await desk.arrive();
    const { number } = await waitMinoru();
    const states = async () =>
      (
        await desk.app.db
          .selectFrom('firstLink')
          .select('state')
          .where('state', 'in', ['open', 'awaitingOfficer'])
          .execute()
      ).length;
    expect(await states()).toBeGreaterThan(1);
    desk.clock.advance(LIMITS.firstLinkTtlMs + 1);
    await sweepFirstLinks(desk.app);
    expect(await desk.view(browser)).toMatchObject({ state: 'expired' });
    desk.clock.advance(2 * LIMITS.firstLinkWaitMs);
    await sweepFirstLinks(desk.app);
    expect(await states()).toBe(0);
    expect(await desk.view(browser)).toBeNull();
    expect((await check(number)).state).toBe('expired');
  });
});
