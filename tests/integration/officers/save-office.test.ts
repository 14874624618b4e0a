import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { inviteOfficer } from '#lib/server/officers/invite-officer.ts';
import { listOffices } from '#lib/server/officers/list-officers.ts';
import { listOwnOffices, SaveOffice, saveOffice } from '#lib/server/officers/save-office.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { signedInAdministrator } from '../../support/officers.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

let test: TestApp;
let shimizu: Administrator;
let okada: Administrator;
beforeAll(async () => {
  test = await makeTestApp();
  await seedCommissions(test.app);
  shimizu = await signedInAdministrator(test.app, '清水 真理');
  okada = await signedInAdministrator(test.app, '岡田 隆', 'tokyo');
});
afterAll(() => test.close());

const STATION = { id: '', kind: 'policeStation', nameJa: '横須賀警察署', nameEn: 'Yokosuka Police Station' };
const save = (changes: object, administrator = shimizu) =>
  saveOffice(test.app, administrator, SaveOffice.parse({ ...STATION, ...changes }));
const findStation = async (nameJa: string) =>
  (await listOwnOffices(test.app, shimizu)).find((office) => office.nameJa === nameJa);

it('adds an office, once, renames and closes it, and the seed does not bring the old name back', async () => {
  await save({ sameDayRecording: 'yes' });
  await expect(save({})).rejects.toMatchObject({ code: 'office_exists' });
  const { id } = (await findStation(STATION.nameJa))!;
  await save({ id, nameJa: '横須賀中央警察署', isClosed: 'yes' });
  await seedCommissions(test.app);
  expect(await findStation(STATION.nameJa)).toBeUndefined();
  expect(await findStation('横須賀中央警察署')).toMatchObject({ id, sameDayRecording: false });
  expect((await listOffices(test.app, shimizu)).some((office) => office.id === id)).toBe(false);
});

it('keeps the day of its closing when its name is corrected later, and loses it when it opens again', async () => {
  await save({ nameJa: '三崎警察署', isClosed: 'yes' });
  const { id, disabledAt } = (await findStation('三崎警察署'))!;
  test.clock.set(new Date(test.app.clock.now().getTime() + 86_400_000));
  await save({ id, nameJa: '三崎臨港警察署', isClosed: 'yes' });
  expect(await findStation('三崎臨港警察署')).toMatchObject({ disabledAt });
  await save({ id, nameJa: '三崎臨港警察署' });
  expect(await findStation('三崎臨港警察署')).toMatchObject({ disabledAt: null });
});

it('takes nobody new once it is closed, by command neither', async () => {
  await save({ nameJa: '葉山警察署', isClosed: 'yes' });
  const invited = { name: '森 和子', role: 'counterOfficer', commissionCode: 'kanagawa' } as const;
  await expect(inviteOfficer(test.app, { ...invited, officeNameJa: '葉山警察署' })).rejects.toMatchObject({
    code: 'not_found',
  });
});

it('is left alone by administrators of other commissions', async () => {
  const { id } = (await findStation('川崎警察署'))!;
  await expect(save({ id, nameJa: '乗取り署' }, okada)).rejects.toMatchObject({ code: 'not_found' });
  expect(await findStation('川崎警察署')).toBeDefined();
});
