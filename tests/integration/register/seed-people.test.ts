import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMISSIONS, OFFICES } from '#lib/domain/people/commissions.ts';
import { findDriverById } from '#lib/server/register/find-driver.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { seedPeople } from '../../../scripts/seed/seed-people.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

let test: TestApp;
beforeAll(async () => {
  test = await makeTestApp({ now: '2026-11-24T03:00:00Z' });
});
afterAll(() => test.close());

const tables = async () => ({
  commissions: (await test.app.db.selectFrom('commission').select('code').execute()).length,
  offices: (await test.app.db.selectFrom('office').select('id').execute()).length,
  imports: (await test.app.db.selectFrom('registerImport').select('id').execute()).length,
});
const birthDateOf = async (id: string | undefined) =>
  (await findDriverById(test.app.db, id ?? ''))?.birthDate;

describe('commissions and offices', () => {
  it('are brought in once, and what a commission has entered itself stays', async () => {
    await seedCommissions(test.app);
    await test.app.db
      .updateTable('commission')
      .set({ phone: '03-0000-0000' })
      .where('code', '=', 'tokyo')
      .execute();
    await seedCommissions(test.app);
    expect(await tables()).toEqual({ commissions: COMMISSIONS.length, offices: OFFICES.length, imports: 0 });
    const tokyo = test.app.db.selectFrom('commission').select('phone').where('code', '=', 'tokyo');
    expect(await tokyo.executeTakeFirstOrThrow()).toEqual({ phone: '03-0000-0000' });
  });
});

describe('the named people', () => {
  it('stay who they are while their stories hold, and grow with the days after', async () => {
    const first = await seedPeople(test.app, '2026-11-24');
    const hanako = first.driverIds.get('hanako');
    expect(await birthDateOf(hanako)).toBe('1985-12-06');

    test.clock.set('2026-12-08T03:00:00Z');
    expect(await seedPeople(test.app, '2026-12-08')).toEqual(first);
    expect(await birthDateOf(hanako)).toBe('1985-12-06');
    expect((await tables()).imports).toBe(1);

    test.clock.set('2026-12-09T03:00:00Z');
    expect(await seedPeople(test.app, '2026-12-09')).toEqual(first);
    expect(await birthDateOf(hanako)).toBe('1985-12-21');
    expect((await tables()).imports).toBe(2);
  });
});
