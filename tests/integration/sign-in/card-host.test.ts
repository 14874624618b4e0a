import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RefusalCode } from '#lib/domain/refusal.ts';
import { findActor } from '#lib/server/sessions/find-actor.ts';
import type { Listening } from '#lib/server/tls-hosts/listen.ts';
import { Extension, issueCrl } from '../../../scripts/test-ca/issue.ts';
import { CRL_NOW, day, expectRefusal, SIGN_POLICY } from '../certificates/test-pki.ts';
import { CONTEXT, type Card } from './signed-card.ts';
import { comeBack, openDesk, openHost, setOut, ticketOf, visit, type Desk } from './card-reader.ts';

let desk: Desk;
let host: Listening & { port: number };

beforeAll(async () => {
  desk = await openDesk();
  host = await openHost(desk);
});
afterAll(async () => {
  await host.close();
  await desk.close();
});

const show = async (card?: Card, address?: string) =>
  visit(desk, host.port, address ?? (await setOut(desk)), card && { card });

describe('a learner with a card in the reader', () => {
  it('comes back with a ticket, and the ticket begins his session', async () => {
    const address = await setOut(desk, undefined, '/lecture');
    const answer = await show(desk.hanako, address);
    expect(answer.headers.location).toMatch(
      /^http:\/\/localhost:3000\/sign-in\/card-reader\/ticket\?ticket=/,
    );
    const { entrance, next } = await comeBack(desk, ticketOf(answer));
    expect(next).toBe('/lecture');
    if (entrance.kind !== 'session') throw new Error('no session was begun');
    expect(await findActor(desk.app, entrance.token)).toMatchObject({ driverId: desk.driverId });
    const { rows } = await desk.app.pool.query<{ detail: unknown }>(
      `select detail from audit_event where what = 'session.begun'`,
    );
    expect(rows.map(({ detail }) => detail)).toEqual([
      expect.objectContaining({ method: 'tls', anchor: 'auth-1' }),
    ]);
  });

  it('may have a card of the coming generation, on P-384', async () => {
    const { pki } = desk;
    const der = await pki.card({ authority: pki.p384, serial: '0b22', keys: pki.p384Keys });
    await desk.link('auth-p384', '0b22', pki.p384Keys.publicKey);
    const ticket = ticketOf(await show({ der, privateKey: pki.p384Keys.privateKey }));
    await expect(comeBack(desk, ticket)).resolves.toBeDefined();
  });

  it('leaves nothing behind at the card host: no cookie, no content, no connection', async () => {
    const { headers, body } = await show(desk.hanako);
    expect(body).toBe('');
    expect(headers).toMatchObject({
      connection: 'close',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': expect.stringContaining('max-age='),
    });
    expect(headers).not.toHaveProperty('set-cookie');
  });

  it('keeps neither certificate nor ticket in the database', async () => {
    const ticket = ticketOf(await show(desk.hanako));
    const { rows } = await desk.app.pool.query<{ value: string }>('select value from challenge');
    const all = rows.map(({ value }) => value).join();
    expect(all).not.toContain(ticket.split('.')[1]);
    expect(all).not.toContain('KOSHUTEST');
    expect(all).not.toContain(desk.hanako.der.toString('base64').slice(0, 40));
  });
});

describe('who is not let in reads why on the sign-in page', () => {
  const refusedAs = async (code: RefusalCode, card?: Card) =>
    expectRefusal(comeBack(desk, ticketOf(await show(card))), code);
  const cardOf = async (options: Parameters<Desk['pki']['card']>[0]): Promise<Card> => ({
    der: await desk.pki.card(options),
    privateKey: (options?.keys ?? desk.pki.keys).privateKey,
  });

  it('without a card', () => refusedAs('certificate_missing'));

  it('with one that has expired', async () =>
    refusedAs('certificate_expired', await cardOf({ notAfter: day('2026-11-21') })));

  it('with one that is not in force yet', async () =>
    refusedAs('certificate_not_yet_valid', await cardOf({ notBefore: day('2026-11-23') })));

  it('with one that was revoked', async () => {
    const revoked = [{ serial: '0e55', at: day('2026-11-20') }];
    desk.folders.writeCrl('auth-1.crl', await issueCrl(desk.pki.first, { ...CRL_NOW, revoked }));
    await refusedAs('certificate_revoked', await cardOf({ serial: '0e55' }));
  });

  it('with one by a foreign authority that bears the same names and serial number', async () => {
    const { rogue, first } = desk.pki;
    await refusedAs(
      'certificate_untrusted',
      await cardOf({ serial: '0a11', authority: rogue, claims: first }),
    );
  });

  it('with a signing certificate', async () =>
    refusedAs(
      'certificate_wrong_purpose',
      await cardOf({ authority: desk.pki.sign, policy: SIGN_POLICY, usage: 0b11 }),
    ));

  it('with one of another policy', async () =>
    refusedAs('certificate_wrong_policy', await cardOf({ policy: SIGN_POLICY })));

  it('with one that says something that must not be passed over', async () => {
    const more = [new Extension('1.2.392.200149.9.9', true, new Uint8Array([0x05, 0x00]))];
    await refusedAs('certificate_unsupported', await cardOf({ more }));
  });

  it('with one on a weak key', async () => {
    const card = await cardOf({ keys: desk.pki.weakKeys });
    const tls = { ciphers: 'DEFAULT:@SECLEVEL=0' }; // or our own side would not show it
    const answer = await visit(desk, host.port, await setOut(desk), { card, tls });
    await expectRefusal(comeBack(desk, ticketOf(answer)), 'certificate_weak_key');
  });

  it('but who has a card that nobody has linked goes to the first link', async () => {
    const answer = await show(await cardOf({ serial: '0c33' }));
    const { entrance } = await comeBack(desk, ticketOf(answer));
    expect(entrance.kind).toBe('firstLink');
  });
});

describe('a ticket', () => {
  it('is worth one session', async () => {
    const ticket = ticketOf(await show(desk.hanako));
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => comeBack(desk, ticket)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expectRefusal(comeBack(desk, ticket), 'challenge_used');
  });

  it('is of no use to who stole it, and then to nobody', async () => {
    const ticket = ticketOf(await show(desk.hanako));
    const thief = { ...CONTEXT, browserToken: 'b'.repeat(43) };
    await expectRefusal(comeBack(desk, ticket, thief), 'challenge_other_browser');
    await expectRefusal(comeBack(desk, ticket), 'challenge_used');
  });

  it('is that of the browser that set out: an invitation to use my card for your session brings nothing', async () => {
    const attacker = 'c'.repeat(43);
    const ticket = ticketOf(await show(desk.hanako, await setOut(desk, attacker)));
    await expectRefusal(comeBack(desk, ticket), 'challenge_other_browser');
  });

  it('is of no use after half a minute', async () => {
    const ticket = ticketOf(await show(desk.hanako));
    desk.test.clock.advance(31_000);
    await expectRefusal(comeBack(desk, ticket), 'challenge_expired');
  });

  it.each([
    ['is empty', ''],
    ['is no ticket', 'hello'],
    ['names nothing', `00000000-0000-4000-8000-000000000000.${'A'.repeat(43)}`],
    ['is huge', 'x'.repeat(100_000)],
    ['holds NUL', `\0`],
  ])('that %s is unknown', async (_, ticket) => {
    await expectRefusal(comeBack(desk, ticket), 'challenge_unknown');
  });

  it('with another secret is unknown', async () => {
    const [id] = ticketOf(await show(desk.hanako)).split('.');
    await expectRefusal(comeBack(desk, `${id}.${'A'.repeat(43)}`), 'challenge_unknown');
  });

  it('cannot be had from the request itself', async () => {
    const address = await setOut(desk);
    const id = address.split('=')[1];
    await expectRefusal(comeBack(desk, `${id}.${'A'.repeat(43)}`), 'challenge_unknown');
  });
});
