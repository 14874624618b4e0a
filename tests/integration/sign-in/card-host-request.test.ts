import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Listening } from '#lib/server/tls-hosts/listen.ts';
import { expectRefusal } from '../certificates/test-pki.ts';
import { comeBack, openDesk, openHost, setOut, ticketOf, visit, type Desk } from './card-reader.ts';
import type { Card } from './signed-card.ts';

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

describe('a request', () => {
  it('is answered once', async () => {
    const address = await setOut(desk);
    expect((await show(desk.hanako, address)).status).toBe(303);
    const again = await show(desk.hanako, address);
    expect(again.status).toBe(400);
    expect(again.headers).not.toHaveProperty('location');
  });

  it('of two who answer it at once is answered to one', async () => {
    const address = await setOut(desk);
    const answers = await Promise.all([1, 2].map(() => show(desk.hanako, address)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 400]);
  });

  it('is spent by a visit without a card too', async () => {
    const address = await setOut(desk);
    await show(undefined, address);
    expect((await show(desk.hanako, address)).status).toBe(400);
  });

  it('is over after two minutes, and the page says so in both languages with the way back', async () => {
    const address = await setOut(desk);
    desk.test.clock.advance(LIMITS.challengeTtlMs + 1);
    const { status, body, headers } = await show(desk.hanako, address);
    expect(status).toBe(400);
    expect(body).toContain('この手順は終わっています');
    expect(body).toContain('This step is over');
    expect(body).toContain('href="http://localhost:3000/sign-in"');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it.each([
    ['unknown', '/?request=00000000-0000-4000-8000-000000000000', 400],
    ['garbage', '/?request=%00%ff<script>', 400],
    ['empty', '/?request=', 400],
    ['absent', '/', 404],
    ['two', '/?request=a&request=b', 404],
    ['on another path', '/sign-in?request=00000000-0000-4000-8000-000000000000', 404],
    ['of another site', 'http://elsewhere.example/?request=a', 404],
    ['of 10 kB', `/?request=${'a'.repeat(10_000)}`, 400],
  ])('that is %s is answered with nothing of use', async (_, address, status) => {
    const answer = await show(desk.hanako, encodeURI(decodeSafely(address)));
    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain('<script');
    if (status === 404) expect(answer.body).toBe('');
  });

  it('of 100 kB is not read to its end', async () => {
    const outcome = show(desk.hanako, `/?request=${'a'.repeat(100_000)}`);
    const status = await outcome.then((answer) => answer.status).catch(() => 431); // or cut off while it is still sent
    expect(status).toBe(431);
    expect((await show(desk.hanako)).status).toBe(303);
  });

  it('that cannot be answered for a fault of ours is told so, without a word of the fault', async () => {
    const address = await setOut(desk);
    await desk.app.pool.query('alter table challenge rename to challenge_away');
    const answer = await show(desk.hanako, address);
    await desk.app.pool.query('alter table challenge_away rename to challenge');
    expect(answer.status).toBe(500);
    expect(answer.body).toContain('いま、カードを確かめられません');
    expect(answer.body).not.toContain('challenge');
    expect((await show(desk.hanako, address)).status).toBe(303);
  });

  it('of another purpose is unknown', async () => {
    const address = await setOut(desk);
    await desk.app.pool.query(`update challenge set purpose = 'cardSignIn' where id = $1`, [
      address.split('=')[1],
    ]);
    expect((await show(desk.hanako, address)).status).toBe(400);
  });

  it.each(['POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])(
    'by %s is not answered, nor spent',
    async (method) => {
      const address = await setOut(desk);
      const refused = await visit(desk, host.port, address, { card: desk.hanako, request: { method } });
      expect([refused.status, refused.body]).toEqual([404, '']);
      expect((await show(desk.hanako, address)).status).toBe(303);
    },
  );

  it('believes no header about a certificate where TLS itself says that there is none', async () => {
    const pem = encodeURIComponent(
      `-----BEGIN CERTIFICATE-----\n${desk.hanako.der.toString('base64')}\n-----END CERTIFICATE-----\n`,
    );
    const headers = {
      'client-cert': `:${desk.hanako.der.toString('base64')}:`,
      'x-ssl-client-escaped-cert': pem,
      'x-koshu-proxy-secret': '',
      'x-koshu-tls-session': '.',
    };
    const answer = await visit(desk, host.port, await setOut(desk), { request: { headers } });
    await expectRefusal(comeBack(desk, ticketOf(answer)), 'certificate_missing');
  });
});

/** As written where that is no valid escape. */
function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
