import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import { getInvitation } from '#lib/server/officers/get-invitation.ts';
import { inviteOfficer } from '#lib/server/officers/invite-officer.ts';
import { openPasskeyRegistration } from '#lib/server/officers/open-passkey-registration.ts';
import { openPasskeySignIn } from '#lib/server/officers/open-passkey-sign-in.ts';
import { PasskeyRegistration, PasskeySignIn } from '#lib/server/officers/passkey-response.ts';
import { registerPasskey } from '#lib/server/officers/register-passkey.ts';
import { signInWithPasskey } from '#lib/server/officers/sign-in-with-passkey.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { findActor } from '#lib/server/sessions/find-actor.ts';
import { SoftwarePasskey } from '../../support/software-passkey.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const ORIGIN = 'http://localhost:3000';
const browser = { browserToken: 'this-browser', userAgent: 'Firefox' };
const MORI = {
  name: '森 和子',
  role: 'counterOfficer',
  commissionCode: 'kanagawa',
  officeNameJa: '神奈川県警察 運転免許センター',
} as const;

let test: TestApp;
beforeAll(async () => {
  test = await makeTestApp();
  await seedCommissions(test.app);
});
afterAll(() => test.close());

const tokenOf = (url: string) => url.split('/').at(-1)!;
const invite = async (name: string) => {
  const { officerId, url } = await inviteOfficer(test.app, { ...MORI, name });
  return { officerId, token: tokenOf(url) };
};

async function register(token: string, passkey: SoftwarePasskey, context = browser) {
  const { challengeId, options } = await openPasskeyRegistration(test.app, browser, { invitation: token });
  const input = PasskeyRegistration.parse({ challengeId, response: passkey.register(options) });
  return registerPasskey(test.app, context, token, input);
}

async function signIn(passkey: SoftwarePasskey, context = browser) {
  const { challengeId, options } = await openPasskeySignIn(test.app, browser);
  return signInWithPasskey(
    test.app,
    context,
    PasskeySignIn.parse({ challengeId, response: passkey.signIn(options) }),
  );
}

const newOfficer = async (name: string) => {
  const passkey = new SoftwarePasskey(ORIGIN);
  const { officerId, token } = await invite(name);
  await register(token, passkey);
  return { officerId, passkey };
};

describe('an officer who is invited', () => {
  it('registers a passkey, is signed in at once, and comes back with it without typing a name', async () => {
    const { officerId, token } = await invite('森 和子');
    expect(await getInvitation(test.app, token)).toMatchObject({
      name: '森 和子',
      officeNameJa: MORI.officeNameJa,
    });
    const passkey = new SoftwarePasskey(ORIGIN);
    const first = await register(token, passkey);
    expect(first.role).toBe('counterOfficer');
    const later = await signIn(passkey);
    expect(later.token).not.toBe(first.token);
    expect(await findActor(test.app, later.token)).toMatchObject({
      kind: 'counterOfficer',
      officerId,
      name: '森 和子',
    });
  });

  it('is written down at each step, without a name', async () => {
    const events = await test.app.db
      .selectFrom('auditEvent')
      .select(['what', 'detail'])
      .orderBy('id')
      .execute();
    expect(events.map(({ what }) => what)).toEqual([
      'officer.added',
      'officer.invited',
      'passkey.registered',
      'session.begun',
      'session.begun',
    ]);
    expect(JSON.stringify(events)).not.toContain('森');
  });

  it('is the same officer when invited again, and the new link ends the old one', async () => {
    const before = await invite('林 修一');
    const after = await invite('林 修一');
    expect(after.officerId).toBe(before.officerId);
    await expect(getInvitation(test.app, before.token)).rejects.toMatchObject({ code: 'invitation_invalid' });
    await expect(getInvitation(test.app, after.token)).resolves.toBeDefined();
  });

  it('keeps the token of the link out of the database', async () => {
    const { token } = await invite('清水 真理');
    const rows = await test.app.db.selectFrom('invitation').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('cannot use a link twice, nor can two people at the same moment', async () => {
    const { token } = await invite('二度 押す');
    const [one, two] = [new SoftwarePasskey(ORIGIN), new SoftwarePasskey(ORIGIN)];
    const outcomes = await Promise.allSettled([register(token, one), register(token, two)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(register(token, new SoftwarePasskey(ORIGIN))).rejects.toMatchObject({
      code: 'invitation_invalid',
    });
  });

  it('cannot use a link that was made up', async () => {
    await expect(openPasskeyRegistration(test.app, browser, { invitation: 'x' })).rejects.toMatchObject({
      code: 'invitation_invalid',
    });
  });

  it('comes too late after three days', async () => {
    const { token } = await invite('遅れ 来る');
    test.clock.advance(LIMITS.invitationTtlMs);
    await expect(register(token, new SoftwarePasskey(ORIGIN))).rejects.toMatchObject({
      code: 'invitation_invalid',
    });
  });

  it('is of an office that is there', async () => {
    await expect(inviteOfficer(test.app, { ...MORI, officeNameJa: 'どこか' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(inviteOfficer(test.app, { ...MORI, officeNameJa: null })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('a passkey is refused', () => {
  const refused = (code: string) => ({ code });

  it('when it is of another site', async () => {
    const { token } = await invite('外 一郎');
    await expect(register(token, new SoftwarePasskey('http://localhost.example:3000'))).rejects.toMatchObject(
      refused('passkey_invalid'),
    );
    const { passkey } = await newOfficer('外 二郎');
    passkey.rpId = 'example.com';
    await expect(signIn(passkey)).rejects.toMatchObject(refused('passkey_invalid'));
  });

  it('when nobody was asked for finger, face or PIN', async () => {
    const { passkey } = await newOfficer('無 確認');
    passkey.verifiesUser = false;
    await expect(signIn(passkey)).rejects.toMatchObject(refused('passkey_invalid'));
  });

  it('when nobody here registered it', async () => {
    await expect(signIn(new SoftwarePasskey(ORIGIN))).rejects.toMatchObject(refused('passkey_invalid'));
  });

  it('when another key signed under its name', async () => {
    const { passkey } = await newOfficer('他 鍵');
    const other = new SoftwarePasskey(ORIGIN);
    const { challengeId, options } = await openPasskeySignIn(test.app, browser);
    const forged = JSON.stringify({
      ...JSON.parse(other.signIn(options)),
      id: passkey.id,
      rawId: passkey.id,
    });
    const input = PasskeySignIn.parse({ challengeId, response: forged });
    await expect(signInWithPasskey(test.app, browser, input)).rejects.toMatchObject(
      refused('passkey_invalid'),
    );
  });

  it('when its counter has run backwards: somebody has a copy', async () => {
    const { passkey } = await newOfficer('写し');
    await signIn(passkey);
    passkey.counter = 0;
    await expect(signIn(passkey)).rejects.toMatchObject(refused('passkey_invalid'));
  });

  it('when it is registered for a second officer', async () => {
    const { passkey } = await newOfficer('先の人');
    const { token } = await invite('後の人');
    await expect(register(token, passkey)).rejects.toMatchObject(refused('passkey_invalid'));
  });

  it('when its answer is replayed, comes late, or from another browser', async () => {
    const { passkey } = await newOfficer('再 送');
    const { challengeId, options } = await openPasskeySignIn(test.app, browser);
    const input = PasskeySignIn.parse({ challengeId, response: passkey.signIn(options) });
    await signInWithPasskey(test.app, browser, input);
    await expect(signInWithPasskey(test.app, browser, input)).rejects.toMatchObject(
      refused('challenge_used'),
    );

    const late = await openPasskeySignIn(test.app, browser);
    test.clock.advance(LIMITS.challengeTtlMs + 1);
    const lateInput = PasskeySignIn.parse({
      challengeId: late.challengeId,
      response: passkey.signIn(late.options),
    });
    await expect(signInWithPasskey(test.app, browser, lateInput)).rejects.toMatchObject(
      refused('challenge_expired'),
    );

    await expect(signIn(passkey, { ...browser, browserToken: 'other' })).rejects.toMatchObject(
      refused('challenge_other_browser'),
    );
  });

  it('when a challenge of registration is answered at sign-in', async () => {
    const { passkey } = await newOfficer('取り違え');
    const { token } = await invite('取り違え');
    const { challengeId, options } = await openPasskeyRegistration(test.app, browser, { invitation: token });
    const input = PasskeySignIn.parse({ challengeId, response: passkey.signIn(options) });
    await expect(signInWithPasskey(test.app, browser, input)).rejects.toMatchObject(
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

describe('an officer who was disabled', () => {
  it('is signed out, cannot sign in, and is not invited again', async () => {
    const { officerId, passkey } = await newOfficer('退職 した');
    const session = await signIn(passkey);
    const open = await invite('退職 した');
    await test.app.db
      .updateTable('officer')
      .set({ disabledAt: test.clock.now() })
      .where('id', '=', officerId)
      .execute();
    expect(await findActor(test.app, session.token)).toBeNull();
    await expect(signIn(passkey)).rejects.toMatchObject({ code: 'officer_disabled' });
    await expect(getInvitation(test.app, open.token)).rejects.toMatchObject({ code: 'officer_disabled' });
    await expect(invite('退職 した')).rejects.toMatchObject({ code: 'officer_disabled' });
  });
});
