import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { createApp } from '#lib/server/app.ts';
import { rotateSecrets } from '#lib/server/videos/rotate-secrets.ts';
import { makeSecret, wrapSecret } from '#lib/server/media/video-secret.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { makeAdministrator, makeVideo } from '../../support/drafts.ts';
import { masterSecretOf } from '../../support/stored-video.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

let test: TestApp;
let administrator: Administrator;
const secrets = new Map<string, Buffer>();
beforeAll(async () => {
  test = await makeTestApp();
  await seedCommissions(test.app);
  administrator = await makeAdministrator(test.app);
  for (let count = 0; count < 230; count += 1) {
    const secret = makeSecret();
    const { wrapped, keyId } = wrapSecret(test.app.config.wrappingKey, secret);
    const id = await makeVideo(test.app, administrator, 60_000);
    await test.app.db
      .updateTable('video')
      .set({ wrappedSecret: wrapped, wrappingKeyId: keyId })
      .where('id', '=', id)
      .execute();
    secrets.set(id, secret);
  }
});
afterAll(() => test.close());

const next = { id: '2027', bytes: randomBytes(32) };
const withNewKey = (oldWrappingKeys = [test.app.config.wrappingKey]) =>
  createApp({ ...test.app.config, wrappingKey: next, oldWrappingKeys }, { clock: test.clock });

describe('the secrets of videos under a new key', () => {
  it('are refused while a key is unknown under which some are wrapped, and nothing is changed', async () => {
    const app = await withNewKey([]);
    await expect(rotateSecrets(app)).rejects.toThrow('OLD_WRAPPING_KEYS does not have: 1 (230 videos)');
    await app.close();
    const [[id = '', secret] = []] = secrets;
    expect(await masterSecretOf(test.app, id)).toEqual(secret);
  });

  it('are the same secrets, all of them, in batches; what a worker has is left for the next run', async () => {
    const app = await withNewKey();
    const [inWork = ''] = secrets.keys();
    const state = (to: string) =>
      app.db.updateTable('video').set({ state: to }).where('id', '=', inWork).execute();
    await state('transcoding');
    const batches: number[] = [];
    expect(await rotateSecrets(app, (count) => batches.push(count))).toEqual({
      keyId: '2027',
      rewrapped: 229,
      left: 1,
    });
    expect(batches).toEqual([100, 200, 229]);
    for (const [id, secret] of secrets) expect((await masterSecretOf(app, id)).equals(secret)).toBe(true);

    await state('ready');
    expect(await rotateSecrets(app)).toEqual({ keyId: '2027', rewrapped: 1, left: 0 });
    expect(await rotateSecrets(app)).toEqual({ keyId: '2027', rewrapped: 0, left: 0 });
    await app.close();

    const afterwards = await withNewKey([]);
    for (const [id, secret] of secrets)
      expect((await masterSecretOf(afterwards, id)).equals(secret)).toBe(true);
    const events = await afterwards.db
      .selectFrom('auditEvent')
      .where('what', '=', 'secrets.rotated')
      .select('detail')
      .orderBy('id')
      .execute();
    expect(events.map(({ detail }) => detail)).toEqual([
      { keyId: '2027', rewrapped: 229 },
      { keyId: '2027', rewrapped: 1 },
    ]);
    await afterwards.close();
  });

  it('may be wrapped by two commands at once', async () => {
    const third = { id: '2028', bytes: randomBytes(32) };
    const config = { ...test.app.config, wrappingKey: third, oldWrappingKeys: [next] };
    const [one, two] = await Promise.all([createApp(config), createApp(config)]);
    const [a, b] = await Promise.all([rotateSecrets(one), rotateSecrets(two)]);
    expect(a.rewrapped + b.rewrapped).toBe(230);
    for (const [id, secret] of secrets) expect((await masterSecretOf(one, id)).equals(secret)).toBe(true);
    await Promise.all([one.close(), two.close()]);
  });
});
