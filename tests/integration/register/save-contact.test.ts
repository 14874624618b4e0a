import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { findContact, getOwnContact, listContacts } from '#lib/server/register/get-contact.ts';
import { SaveContact, saveContact } from '#lib/server/register/save-contact.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { seedContacts } from '../../../scripts/seed/seed-contacts.ts';
import { signedInAdministrator } from '../../support/officers.ts';
import { seedTestPeople } from '../../support/people.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

let test: TestApp;
let people: Awaited<ReturnType<typeof seedTestPeople>>;
let shimizu: Administrator;
beforeAll(async () => {
  test = await makeTestApp();
  people = await seedTestPeople(test.app);
  shimizu = await signedInAdministrator(test.app, '清水 真理');
});
afterAll(() => test.close());

const FILLED = {
  phone: '０００-123-4567',
  phoneHoursJa: ' 平日  8時30分〜17時 ',
  phoneHoursEn: 'Weekdays 8:30–17:00',
  inquiryUrl: '',
  reservationUrl: 'https://reservation.example/kanagawa',
};
const KEPT = {
  phone: '000-123-4567',
  phoneHoursJa: '平日 8時30分〜17時',
  phoneHoursEn: 'Weekdays 8:30–17:00',
  inquiryUrl: null,
  reservationUrl: 'https://reservation.example/kanagawa',
};
const countOfAudit = async () =>
  (
    await test.app.db.selectFrom('auditEvent').where('what', '=', 'contact.set').select('detail').execute()
  ).map(({ detail }) => detail);

it('is told to the learners of the commission as its administrator entered it, and stays through the seed', async () => {
  await saveContact(test.app, shimizu, SaveContact.parse(FILLED));
  await saveContact(test.app, shimizu, SaveContact.parse(FILLED));
  await seedCommissions(test.app);
  expect(await findContact(test.app, people.learner('hanako'))).toMatchObject({ code: 'kanagawa', ...KEPT });
  expect(await findContact(test.app, people.learner('makoto'))).not.toMatchObject({ phone: KEPT.phone });
  expect(await countOfAudit()).toHaveLength(1);
});

it('is nobody’s for officers and for people who are not signed in', async () => {
  expect(await findContact(test.app, shimizu)).toBeNull();
  expect(await findContact(test.app, null)).toBeNull();
});

it('is listed for all 51 commissions, from north to south', async () => {
  const contacts = await listContacts(test.app);
  expect(contacts).toHaveLength(51);
  expect([contacts[0]?.code, contacts.at(-1)?.code]).toEqual(['hokkaido', 'okinawa']);
});

it.each([
  ['letters for a number', { phone: 'call me' }],
  ['a number that is none', { phone: '---' }],
  ['a script for an address', { inquiryUrl: 'javascript:alert(1)' }],
  ['an address without encryption', { reservationUrl: 'http://reservation.example/' }],
  ['words without end', { phoneHoursJa: 'あ'.repeat(121) }],
  ['signs that steer the page', { phoneHoursEn: 'open \u202Eclosed' }],
])('does not take %s', (_, change) => {
  expect(SaveContact.safeParse({ ...FILLED, ...change }).success).toBe(false);
});

it('fills a demo with numbers that ring nowhere, and leaves what an administrator entered', async () => {
  await seedContacts(test.app);
  expect(await getOwnContact(test.app, shimizu)).toMatchObject(KEPT);
  const others = (await listContacts(test.app)).filter(({ code }) => code !== 'kanagawa');
  for (const { phone, reservationUrl } of others) {
    expect(phone).toMatch(/^000-0000-\d{4}$/);
    expect(reservationUrl).toMatch(/^https:\/\/reservation\.example\//);
  }
});
