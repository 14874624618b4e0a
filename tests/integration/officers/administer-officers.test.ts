import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '#lib/server/app.ts';
import { addOfficer, AddOfficer } from '#lib/server/officers/add-officer.ts';
import { disableOfficer, enableOfficer } from '#lib/server/officers/disable-officer.ts';
import { getInvitation } from '#lib/server/officers/get-invitation.ts';
import { getOfficer, listOfficers, listOffices } from '#lib/server/officers/list-officers.ts';
import { removePasskeys } from '#lib/server/officers/remove-passkeys.ts';
import { renewInvitation } from '#lib/server/officers/renew-invitation.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { findActor } from '#lib/server/sessions/find-actor.ts';
import { signedInAdministrator } from '../../support/officers.ts';
import { officersOf } from '../../support/officers-with-passkeys.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

let test: TestApp;
let app: App;
let shimizu: Administrator;
let okada: Administrator;
let officeId: string;

beforeAll(async () => {
  test = await makeTestApp();
  app = test.app;
  await seedCommissions(app);
  shimizu = await signedInAdministrator(app, '清水 真理');
  okada = await signedInAdministrator(app, '岡田 隆', 'tokyo');
  officeId = (await listOffices(app, shimizu))[0]!.id;
});
afterAll(() => test.close());

const add = (name: string, administrator = shimizu) =>
  addOfficer(app, administrator, AddOfficer.parse({ name, role: 'counterOfficer', officeId }));
const tokenOf = ({ url }: { url: string }) => url.split('/').at(-1)!;
const refused = (code: string) => expect.objectContaining({ code }) as Error;

/** Adds an officer who registers a passkey and is signed in. */
async function newOfficer(name: string) {
  const officers = officersOf(app);
  const passkey = officers.newPasskey();
  const invitation = await add(name);
  const session = await officers.register(tokenOf(invitation), passkey);
  return { ...invitation, passkey, token: session.token, signIn: () => officers.signIn(passkey) };
}

describe('an administrator who invites', () => {
  it('gets a link that works once, and sees the officer in the list', async () => {
    const invitation = await add('新人 一郎');
    expect(await getInvitation(app, tokenOf(invitation))).toMatchObject({ name: '新人 一郎' });
    expect(await getOfficer(app, shimizu, invitation.officerId)).toMatchObject({
      name: '新人 一郎',
      role: 'counterOfficer',
      passkeyCount: 0,
      state: 'invited',
      lastSignedInAt: null,
      invitedUntil: invitation.expiresAt,
      isOneself: false,
    });
  });

  it('does not make the same officer twice, not even at the same moment or with wider spaces', async () => {
    const outcomes = await Promise.allSettled([
      add('二重 押し'),
      add('二重 押し'),
      add('  二重\u3000 押し '),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    await expect(add('二重 押し')).rejects.toEqual(refused('officer_exists'));
  });

  it.each([
    ['no name', { name: '' }],
    ['a name of spaces', { name: ' \u3000\t' }],
    ['a name that is too long', { name: '長'.repeat(81) }],
    ['a name of a million letters', { name: '長'.repeat(1_000_000) }],
    ['a name that turns the line round', { name: '森\u202E子和' }],
    ['a name with a null', { name: '森\0' }],
    ['an unknown role', { role: 'chief' }],
    ['an office that is no id', { officeId: 'x' }],
    ['no role', { role: undefined }],
  ])('is refused %s', (_, change) => {
    const input = { name: '森 和子', role: 'counterOfficer', officeId, ...change };
    expect(AddOfficer.safeParse(input).success).toBe(false);
  });

  it('is refused a counter officer without an office', async () => {
    const input = AddOfficer.parse({ name: '無 所属', role: 'counterOfficer', officeId: '' });
    await expect(addOfficer(app, shimizu, input)).rejects.toEqual(refused('office_required'));
  });

  it('takes an administrator without an office', () => {
    const input = { name: '森 和子', role: 'administrator', officeId: '' };
    expect(AddOfficer.parse(input)).toEqual({ ...input, officeId: null });
  });

  it('finds only offices of the own commission', async () => {
    await expect(add('越境 した', okada)).rejects.toEqual(refused('not_found'));
    const nowhere = { name: '無 所属', role: 'counterOfficer', officeId: randomUUID() } as const;
    await expect(addOfficer(app, shimizu, nowhere)).rejects.toEqual(refused('not_found'));
  });

  it('makes a new link for a new device; the old link ends, the old passkey stays', async () => {
    const officer = await newOfficer('端末 替え');
    const first = await renewInvitation(app, shimizu, officer.officerId);
    const second = await renewInvitation(app, shimizu, officer.officerId);
    await expect(getInvitation(app, tokenOf(first))).rejects.toEqual(refused('invitation_invalid'));
    await expect(getInvitation(app, tokenOf(second))).resolves.toBeDefined();
    await expect(officer.signIn()).resolves.toBeDefined();
  });
});

describe('a device that is lost', () => {
  it('opens nothing any more, and whoever is in with it is out on the next request', async () => {
    const officer = await newOfficer('紛失 した');
    expect(await removePasskeys(app, shimizu, officer.officerId)).toBe(1);
    expect(await findActor(app, officer.token)).toBeNull();
    await expect(officer.signIn()).rejects.toEqual(refused('passkey_invalid'));
    expect(await getOfficer(app, shimizu, officer.officerId)).toMatchObject({ state: 'notInvited' });
    expect(await removePasskeys(app, shimizu, officer.officerId)).toBe(0);
  });
});

describe('an officer who is disabled', () => {
  it('is refused on the next request, and neither passkey nor link lets in again', async () => {
    const officer = await newOfficer('異動 した');
    const link = await renewInvitation(app, shimizu, officer.officerId);
    expect(await findActor(app, officer.token)).not.toBeNull();
    await disableOfficer(app, shimizu, officer.officerId);
    expect(await findActor(app, officer.token)).toBeNull();
    await expect(officer.signIn()).rejects.toEqual(refused('officer_disabled'));
    await expect(getInvitation(app, tokenOf(link))).rejects.toEqual(refused('invitation_invalid'));
    await expect(renewInvitation(app, shimizu, officer.officerId)).rejects.toEqual(
      refused('officer_disabled'),
    );
    await expect(add('異動 した')).rejects.toEqual(refused('officer_exists'));
    expect((await listOfficers(app, shimizu)).at(-1)).toMatchObject({ name: '異動 した', state: 'disabled' });
  });

  it('may come back with the same passkey, and not with the session of before', async () => {
    const officer = await newOfficer('復帰 した');
    await disableOfficer(app, shimizu, officer.officerId);
    await enableOfficer(app, shimizu, officer.officerId);
    expect(await findActor(app, officer.token)).toBeNull();
    const { token } = await officer.signIn();
    expect(await findActor(app, token)).toMatchObject({ officerId: officer.officerId });
  });

  it('is shut out also when he signs in at that very moment', async () => {
    const officer = await newOfficer('同時 に');
    const [, entered] = await Promise.allSettled([
      disableOfficer(app, shimizu, officer.officerId),
      officer.signIn(),
    ]);
    if (entered.status === 'fulfilled') expect(await findActor(app, entered.value.token)).toBeNull();
    await expect(officer.signIn()).rejects.toEqual(refused('officer_disabled'));
  });

  it('is never oneself', async () => {
    await expect(disableOfficer(app, shimizu, shimizu.officerId)).rejects.toEqual(
      refused('officer_is_oneself'),
    );
  });

  it('is one of two administrators who disable each other at once: one stays', async () => {
    const [one, two] = [
      await signedInAdministrator(app, '互い 一', 'hokkaido'),
      await signedInAdministrator(app, '互い 二', 'hokkaido'),
    ];
    const outcomes = await Promise.allSettled([
      disableOfficer(app, one, two.officerId),
      disableOfficer(app, two, one.officerId),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'not_allowed' },
    });
  });
});

describe('an administrator of another commission', () => {
  it('sees nobody of this one and changes nobody', async () => {
    const officer = await newOfficer('県内 の');
    const names = (await listOfficers(app, okada)).map(({ name }) => name);
    expect(names).toEqual(['岡田 隆']);
    for (const act of [getOfficer, renewInvitation, removePasskeys, disableOfficer, enableOfficer]) {
      await expect(act(app, okada, officer.officerId)).rejects.toEqual(refused('not_found'));
    }
    expect(await findActor(app, officer.token)).not.toBeNull();
  });

  it.each(['', 'x', '00000000-0000-4000-8000-000000000000', "' or 1=1", 'a'.repeat(10_000)])(
    'finds nobody under an id that is none (%#)',
    (id) => expect(getOfficer(app, shimizu, id)).rejects.toEqual(refused('not_found')),
  );
});

it('writes each act down with its administrator, and no names', async () => {
  const officer = await newOfficer('記録 される');
  await renewInvitation(app, shimizu, officer.officerId);
  await removePasskeys(app, shimizu, officer.officerId);
  await disableOfficer(app, shimizu, officer.officerId);
  await disableOfficer(app, shimizu, officer.officerId);
  await enableOfficer(app, shimizu, officer.officerId);
  const { rows } = await app.pool.query<{ what: string; detail: object }>(
    `select what, detail from audit_event where subject_id = $1 and actor_id = $2 order by id`,
    [officer.officerId, shimizu.officerId],
  );
  expect(rows.map(({ what }) => what)).toEqual([
    'officer.added',
    'officer.invited',
    'officer.invited',
    'passkey.removed',
    'officer.disabled',
    'officer.enabled',
  ]);
  expect(JSON.stringify(rows)).not.toContain('記録');
});
