import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '#lib/server/app.ts';
import { addOfficer, AddOfficer } from '#lib/server/officers/add-officer.ts';
import { inviteOfficer } from '#lib/server/officers/invite-officer.ts';
import { getOfficer, listOffices } from '#lib/server/officers/list-officers.ts';
import { makeSupervisor } from '#lib/server/officers/make-supervisor.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { findActor } from '#lib/server/sessions/find-actor.ts';
import { signedInAdministrator } from '../../support/officers.ts';
import { MORI, officersOf } from '../../support/officers-with-passkeys.ts';
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

const refused = (code: string) => expect.objectContaining({ code }) as Error;

describe('a supervisor', () => {
  const isSupervisor = async (token: string) => {
    const actor = await findActor(app, token);
    return actor?.kind === 'counterOfficer' ? actor.isSupervisor : null;
  };

  it('is one from his next request, and no longer one when an administrator takes it back', async () => {
    const officers = officersOf(app);
    const { officerId, token: invitation } = await officers.invite('監督 する');
    const { token } = await officers.register(invitation, officers.newPasskey());
    const officer = { officerId, token };
    expect(await isSupervisor(officer.token)).toBe(false);
    await makeSupervisor(app, shimizu, officer.officerId, true);
    await makeSupervisor(app, shimizu, officer.officerId, true);
    expect(await isSupervisor(officer.token)).toBe(true);
    expect(await getOfficer(app, shimizu, officer.officerId)).toMatchObject({ isSupervisor: true });
    await makeSupervisor(app, shimizu, officer.officerId, false);
    expect(await isSupervisor(officer.token)).toBe(false);
    const { rows } = await app.pool.query<{ what: string }>(
      `select what from audit_event where subject_id = $1 and what like '%upervisor' order by id`,
      [officer.officerId],
    );
    expect(rows.map(({ what }) => what)).toEqual(['officer.madeSupervisor', 'officer.unmadeSupervisor']);
  });

  it('may be one from the first day, by the form or by the command', async () => {
    const input = AddOfficer.parse({
      name: '初日 から',
      role: 'counterOfficer',
      officeId,
      isSupervisor: 'yes',
    });
    const { officerId } = await addOfficer(app, shimizu, input);
    expect(await getOfficer(app, shimizu, officerId)).toMatchObject({ isSupervisor: true });
    const later = await officersOf(app).invite('後から なる');
    const again = await inviteOfficer(app, { ...MORI, name: '後から なる', isSupervisor: true });
    expect(again.officerId).toBe(later.officerId);
    expect(await getOfficer(app, shimizu, later.officerId)).toMatchObject({ isSupervisor: true });
    await inviteOfficer(app, { ...MORI, name: '後から なる' });
    expect(await getOfficer(app, shimizu, later.officerId)).toMatchObject({ isSupervisor: true });
  });

  it('is never an administrator', async () => {
    const input = AddOfficer.parse({
      name: '管理 だけ',
      role: 'administrator',
      officeId: '',
      isSupervisor: 'yes',
    });
    const { officerId } = await addOfficer(app, shimizu, input);
    expect(await getOfficer(app, shimizu, officerId)).toMatchObject({ isSupervisor: false });
    await expect(makeSupervisor(app, shimizu, officerId, true)).rejects.toEqual(refused('not_allowed'));
    const invited = { ...MORI, name: '管理 だけ', role: 'administrator', isSupervisor: true } as const;
    await expect(inviteOfficer(app, invited)).rejects.toEqual(refused('not_allowed'));
  });

  it('is not made by an administrator of another commission', async () => {
    const { officerId } = await officersOf(app).invite('県外 から');
    await expect(makeSupervisor(app, okada, officerId, true)).rejects.toEqual(refused('not_found'));
  });
});
