import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendWebhook } from '#lib/server/exchange/send-webhook.ts';
import { setPush } from '#lib/server/exchange/set-push.ts';
import { openDesk, register, type Desk } from './exchange-desk.ts';

const NAME = '神奈川県警察';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  await register(desk, NAME, 'kanagawa');
});
afterAll(() => desk.close());

describe('an address', () => {
  it.each([
    ...['http://example.jp/', 'ftp://example.jp/', 'https://user:secret@example.jp/', 'not an address'],
    ...[
      'https://10.0.0.1/',
      'https://169.254.169.254/latest/',
      'https://[::ffff:10.0.0.1]/',
      'http://localhost/',
    ],
  ])('to which nothing is pushed: %s', async (address) => {
    await expect(setPush(desk.app, NAME, address)).rejects.toMatchObject({ code: 'push_address_refused' });
  });

  it('of this machine is refused in production, by number and by name', async () => {
    const production = { ...desk.app, config: { ...desk.app.config, mode: 'production' as const } };
    for (const address of [
      'http://127.0.0.1:3000/',
      'https://127.0.0.1/',
      'https://0x7f.1/',
      'https://[::1]/',
    ]) {
      await expect(setPush(production, NAME, address)).rejects.toMatchObject({
        code: 'push_address_refused',
      });
    }
    const message = { headers: {}, content: '' };
    const { signal } = new AbortController();
    expect(await sendWebhook(production, 'https://localhost/', message, signal)).toEqual({
      status: 0,
      result: 'the address is not allowed',
    });
  });
});
