import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { authenticate, type Administrator } from '#lib/domain/people/actor.ts';
import { addFeeTable, AddFeeTable } from '#lib/server/fees/add-fee-table.ts';
import { listFeeTables } from '#lib/server/fees/list-fee-tables.ts';
import { inviteOfficer } from '#lib/server/officers/invite-officer.ts';
import { openNationalLibrary } from '#lib/server/register/open-national-library.ts';
import { seedTestPeople } from '../../support/people.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

let test: TestApp;
let tokyo: Administrator;
let national: Administrator;
beforeAll(async () => {
  test = await makeTestApp();
  await seedTestPeople(test.app);
  await openNationalLibrary(test.app, { code: 'national', nameJa: '警察庁', nameEn: 'NPA' });
  const administrator = async (name: string, commissionCode: string) => {
    const invited = await inviteOfficer(test.app, {
      name,
      role: 'administrator',
      commissionCode,
      officeNameJa: null,
    });
    const { officerId } = invited;
    return authenticate<Administrator>({
      kind: 'administrator',
      officerId,
      name,
      commissionCode,
      sessionIdSha256: '',
    });
  };
  tokyo = await administrator('手数 料子', 'tokyo');
  national = await administrator('全国 標準', 'national');
});
afterAll(() => test.close());
beforeEach(() => test.clock.set('2026-11-22T03:00:00Z'));

const FORM = {
  validFrom: '2027-04-01',
  renewalYen: ['2,900', '', '', '2900', '2150', '', '2900', '', '3000'],
  onlineLectureYen: '200',
  viaYen: '',
};
const add = (changes: object = {}, by = tokyo) =>
  addFeeTable(test.app, by, AddFeeTable.parse({ ...FORM, ...changes }));

describe('the fees of a commission', () => {
  it('are the published national ones before it enters its own', async () => {
    expect(await listFeeTables(test.app, tokyo)).toMatchObject({
      current: { commissionCode: null, onlineLectureYen: 200, viaYen: null, enteredBy: null },
      tables: [
        { standing: 'current', isNational: true, renewalYen: { both: { cardOnly: 2850, mynaOnly: null } } },
      ],
    });
  });

  it('apply from their day in Japan on; what was entered before stays', async () => {
    await add();
    expect((await listFeeTables(test.app, tokyo)).tables.map(({ standing }) => standing)).toEqual([
      'coming',
      'current',
    ]);
    test.clock.set('2027-03-31T15:00:00Z');
    const { current, tables } = await listFeeTables(test.app, tokyo);
    expect(current).toMatchObject({
      commissionCode: 'tokyo',
      enteredBy: '手数 料子',
      renewalYen: { cardOnly: { cardOnly: 2900, mynaOnly: null }, both: { both: 3000 } },
    });
    expect(tables.map(({ standing }) => standing)).toEqual(['current', 'past']);
  });

  it('are entered again for the same day where somebody made a mistake; both are kept', async () => {
    await add({ validFrom: '2027-05-01' });
    await add({ validFrom: '2027-05-01', viaYen: '800' });
    const forThatDay = (await listFeeTables(test.app, tokyo)).tables.filter(
      ({ validFrom }) => validFrom === '2027-05-01',
    );
    expect(forThatDay).toMatchObject([
      { viaYen: 800, standing: 'coming' },
      { viaYen: null, standing: 'replaced' },
    ]);
  });

  it('are not set for a day that is past in Japan, though it is not yet in London', async () => {
    test.clock.set('2026-11-22T15:00:00Z');
    await expect(add({ validFrom: '2026-11-22' })).rejects.toMatchObject({ code: 'fee_table_in_past' });
    await add({ validFrom: '2026-11-23' });
  });

  it('are changed by nobody afterwards', async () => {
    const { db } = test.app;
    await expect(db.updateTable('feeTable').set({ viaYen: 1 }).execute()).rejects.toThrow('append-only');
    await expect(db.updateTable('fee').set({ yen: 1 }).execute()).rejects.toThrow('append-only');
    await expect(db.deleteFrom('fee').execute()).rejects.toThrow('append-only');
  });

  it('are the standard for all when the national authority enters them', async () => {
    await add({ validFrom: '2028-01-01', onlineLectureYen: '250' }, national);
    const newest = (await listFeeTables(test.app, tokyo)).tables[0];
    expect(newest).toMatchObject({ isNational: true, onlineLectureYen: 250 });
  });

  it('are not entered by an administrator who has been disabled', async () => {
    const disable = (disabledAt: Date | null) =>
      test.app.db.updateTable('officer').set({ disabledAt }).where('id', '=', tokyo.officerId).execute();
    await disable(test.clock.now());
    await expect(add()).rejects.toMatchObject({ code: 'not_allowed' });
    await disable(null);
  });
});

describe('a form of fees', () => {
  it('reads full width and commas, and an empty box as not known', () => {
    expect(AddFeeTable.parse({ ...FORM, onlineLectureYen: '１,２００', viaYen: ' ' })).toMatchObject({
      onlineLectureYen: 1200,
      viaYen: null,
    });
  });

  it.each([
    ['a day that is none', { validFrom: '2027-02-29' }],
    ['a cell left out', { renewalYen: FORM.renewalYen.slice(1) }],
    ['less than nothing', { viaYen: '-1' }],
    ['words', { viaYen: 'free' }],
    ['parts of a yen', { viaYen: '1.5' }],
    ['more than any fee', { viaYen: '100001' }],
    ['a number without end', { viaYen: '9'.repeat(1000) }],
  ])('is refused with %s', (_story, changes) =>
    expect(AddFeeTable.safeParse({ ...FORM, ...changes }).success).toBe(false),
  );
});
