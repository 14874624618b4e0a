import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import { openPasskeyRegistration } from '#lib/server/officers/open-passkey-registration.ts';
import { openPasskeySignIn } from '#lib/server/officers/open-passkey-sign-in.ts';
import { PasskeyRegistration, PasskeySignIn } from '#lib/server/officers/passkey-response.ts';
import { signInWithPasskey } from '#lib/server/officers/sign-in-with-passkey.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { BROWSER, officersOf } from '../../support/officers-with-passkeys.ts';
import { SoftwarePasskey } from '../../support/software-passkey.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

let test: TestApp;
let officers: ReturnType<typeof officersOf>;
beforeAll(async () => {
  test = await makeTestApp();
  await seedCommissions(test.app);
  officers = officersOf(test.app);
});
afterAll(() => test.close());

describe('a passkey is refused', () => {
  const refused = (code: string) => ({ code });

  it('when it is of another site', async () => {
    const { token } = await officers.invite('外 一郎');
    await expect(
      officers.register(token, new SoftwarePasskey('http://localhost.example:3000')),
    ).rejects.toMatchObject(refused('passkey_invalid'));
    const { passkey } = await officers.newOfficer('外 二郎');
    passkey.rpId = 'example.com';
    await expect(officers.signIn(passkey)).rejects.toMatchObject(refused('passkey_invalid'));
  });

  it('when nobody was asked for finger, face or PIN', async () => {
    const { passkey } = await officers.newOfficer('無 確認');
    passkey.verifiesUser = false;
    await expect(officers.signIn(passkey)).rejects.toMatchObject(refused('passkey_invalid'));
    passkey.verifiesUser = true;
    await expect(officers.signIn(passkey)).resolves.toBeDefined();
  });

  it('when nobody was asked while it was made: it is not registered, and the link still works', async () => {
    const { token } = await officers.invite('無 登録');
    const passkey = officers.newPasskey();
    passkey.verifiesUser = false;
    await expect(officers.register(token, passkey)).rejects.toMatchObject(refused('passkey_invalid'));
    passkey.verifiesUser = true;
    await expect(officers.register(token, passkey)).resolves.toBeDefined();
  });

  it('when nobody here registered it', async () => {
    await expect(officers.signIn(officers.newPasskey())).rejects.toMatchObject(refused('passkey_invalid'));
  });

  it('when another key signed under its name', async () => {
    const { passkey } = await officers.newOfficer('他 鍵');
    const other = officers.newPasskey();
    const { challengeId, options } = await openPasskeySignIn(test.app, BROWSER);
    const forged = JSON.stringify({
      ...JSON.parse(other.signIn(options)),
      id: passkey.id,
      rawId: passkey.id,
    });
    const input = PasskeySignIn.parse({ challengeId, response: forged });
    await expect(signInWithPasskey(test.app, BROWSER, input)).rejects.toMatchObject(
      refused('passkey_invalid'),
    );
  });

  it('when its counter has run backwards: somebody has a copy', async () => {
    const { passkey } = await officers.newOfficer('写し');
    await officers.signIn(passkey);
    passkey.counter = 0;
    await expect(officers.signIn(passkey)).rejects.toMatchObject(refused('passkey_invalid'));
  });

  it('when it is registered for a second officer', async () => {
    const { passkey } = await officers.newOfficer('先の人');
    const { token } = await officers.invite('後の人');
    await expect(officers.register(token, passkey)).rejects.toMatchObject(refused('passkey_invalid'));
  });

  it('when its answer is replayed, comes late, or from another browser', async () => {
    const { passkey } = await officers.newOfficer('再 送');
    const { challengeId, options } = await openPasskeySignIn(test.app, BROWSER);
    const input = PasskeySignIn.parse({ challengeId, response: passkey.signIn(options) });
    await signInWithPasskey(test.app, BROWSER, input);
    await expect(signInWithPasskey(test.app, BROWSER, input)).rejects.toMatchObject(
      refused('challenge_used'),
    );

    const late = await openPasskeySignIn(test.app, BROWSER);
    test.clock.advance(LIMITS.challengeTtlMs + 1);
    const lateInput = PasskeySignIn.parse({
      challengeId: late.challengeId,
      response: passkey.signIn(late.options),
    });
    await expect(signInWithPasskey(test.app, BROWSER, lateInput)).rejects.toMatchObject(
      refused('challenge_expired'),
    );

    await expect(officers.signIn(passkey, { ...BROWSER, browserToken: 'other' })).rejects.toMatchObject(
      refused('challenge_other_browser'),
    );
  });

  it('when a challenge of registration is answered at sign-in', async () => {
    const { passkey } = await officers.newOfficer('取り違え');
    const { token } = await officers.invite('取り違え');
    const { challengeId, options } = await openPasskeyRegistration(test.app, BROWSER, { invitation: token });
    const input = PasskeySignIn.parse({ challengeId, response: passkey.signIn(options) });
    await expect(signInWithPasskey(test.app, BROWSER, input)).rejects.toMatchObject(
      refused('challenge_unknown'),
    );
  });

  it('when its answer is no JSON, too long, or of another shape', () => {
    const challengeId = crypto.randomUUID();
    for (const response of ['', '{', '[]', 'null', '{"id":"💥"}', `"${'x'.repeat(20_000)}"`]) {
      expect(PasskeySignIn.safeParse({ challengeId, response }).success).toBe(false);
      expect(PasskeyRegistration.safeParse({ challengeId, response }).success).toBe(false);
    }
  });
});
