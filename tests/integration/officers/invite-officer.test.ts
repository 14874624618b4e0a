import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import { getInvitation } from '#lib/server/officers/get-invitation.ts';
import { inviteOfficer } from '#lib/server/officers/invite-officer.ts';
import { openPasskeyRegistration } from '#lib/server/officers/open-passkey-registration.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { findActor } from '#lib/server/sessions/find-actor.ts';
import { BROWSER, MORI, officersOf } from '../../support/officers-with-passkeys.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

let test: TestApp;
let officers: ReturnType<typeof officersOf>;
beforeAll(async () => {
  test = await makeTestApp();
  await seedCommissions(test.app);
  officers = officersOf(test.app);
});
afterAll(() => test.close());

describe('an officer who is invited', () => {
  it('registers a passkey, is signed in at once, and comes back with it without typing a name', async () => {
    const { officerId, token } = await officers.invite('森 和子');
    expect(await getInvitation(test.app, token)).toMatchObject({
      name: '森 和子',
      officeNameJa: MORI.officeNameJa,
    });
    const passkey = officers.newPasskey();
    const first = await officers.register(token, passkey);
    expect(first.role).toBe('counterOfficer');
    const later = await officers.signIn(passkey);
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
    const before = await officers.invite('林 修一');
    const after = await officers.invite('林 修一');
    expect(after.officerId).toBe(before.officerId);
    await expect(getInvitation(test.app, before.token)).rejects.toMatchObject({ code: 'invitation_invalid' });
    await expect(getInvitation(test.app, after.token)).resolves.toBeDefined();
  });

  it('keeps the token of the link out of the database', async () => {
    const { token } = await officers.invite('清水 真理');
    const rows = await test.app.db.selectFrom('invitation').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('cannot use a link twice, nor can two people at the same moment', async () => {
    const { token } = await officers.invite('二度 押す');
    const [one, two] = [officers.newPasskey(), officers.newPasskey()];
    const outcomes = await Promise.allSettled([officers.register(token, one), officers.register(token, two)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(officers.register(token, officers.newPasskey())).rejects.toMatchObject({
      code: 'invitation_invalid',
    });
  });

  it('cannot use a link that was made up', async () => {
    await expect(openPasskeyRegistration(test.app, BROWSER, { invitation: 'x' })).rejects.toMatchObject({
      code: 'invitation_invalid',
    });
  });

  it('comes too late after three days', async () => {
    const { token } = await officers.invite('遅れ 来る');
    test.clock.advance(LIMITS.invitationTtlMs);
    await expect(officers.register(token, officers.newPasskey())).rejects.toMatchObject({
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

describe('an officer who was disabled', () => {
  it('is signed out, cannot sign in, and is not invited again', async () => {
    const { officerId, passkey } = await officers.newOfficer('退職 した');
    const session = await officers.signIn(passkey);
    const open = await officers.invite('退職 した');
    await test.app.db
      .updateTable('officer')
      .set({ disabledAt: test.clock.now() })
      .where('id', '=', officerId)
      .execute();
    expect(await findActor(test.app, session.token)).toBeNull();
    await expect(officers.signIn(passkey)).rejects.toMatchObject({ code: 'officer_disabled' });
    await expect(getInvitation(test.app, open.token)).rejects.toMatchObject({ code: 'officer_disabled' });
    await expect(officers.invite('退職 した')).rejects.toMatchObject({ code: 'officer_disabled' });
  });
});
