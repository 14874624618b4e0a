import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authenticate, type Learner } from '#lib/domain/people/actor.ts';
import { assessLearner, requireEligible } from '#lib/server/register/assess-eligibility.ts';
import { seedPeople, type SeededPeople } from '../../../scripts/seed/seed-people.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

let test: TestApp;
let seeded: SeededPeople;
beforeAll(async () => {
  test = await makeTestApp({ now: '2026-11-24T03:00:00Z' });
  seeded = await seedPeople(test.app, '2026-11-24');
});
afterAll(() => test.close());

const learnerOf = (driverId: string) =>
  authenticate<Learner>({ kind: 'learner', driverId, credentialId: randomUUID(), sessionIdSha256: '' });
const learner = (id: string) => learnerOf(seeded.driverIds.get(id) ?? '');

describe('who has signed in', () => {
  it.each([
    ['hanako', 'excellent'],
    ['ichiro', 'general'],
    ['makoto', 'excellent'],
    ['akiko', 'excellent'],
  ])('%s may take the %s lecture', async (id, lectureClass) => {
    expect(await requireEligible(test.app, learner(id))).toMatchObject({ isEligible: true, lectureClass });
  });

  it.each([
    ['kenta', 'E1'],
    ['masao', 'E7'],
    ['yumi', 'E4'],
    ['shota', 'E5'],
    ['naoko', 'E2'],
    ['daisuke', 'notSuspended'],
  ])('%s may not: not_eligible for %s', async (id, condition) => {
    await expect(requireEligible(test.app, learner(id))).rejects.toMatchObject({
      name: 'Refusal',
      code: 'not_eligible',
      detail: { condition },
    });
    expect((await assessLearner(test.app, learner(id))).isEligible).toBe(false);
  });

  it('but is not in the register any more: card_not_linked', async () => {
    await expect(assessLearner(test.app, learnerOf(randomUUID()))).rejects.toMatchObject({
      code: 'card_not_linked',
    });
  });

  it('gets the day of Japan, and the period that ends when counters are open', async () => {
    const { today, period, driver } = await assessLearner(test.app, learner('hanako'));
    expect(today).toBe('2026-11-24');
    // the 6th of January 2027 is a Wednesday
    expect(period).toEqual({
      birthday: '2026-12-06',
      start: '2026-11-06',
      expiryDate: '2027-01-06',
      end: '2027-01-06',
      isAsComputed: true,
    });
    expect(driver).toMatchObject({ name: '山田 花子', commissionNameJa: '神奈川県公安委員会' });
  });

  it('is refused from midnight in Tokyo after the last day', async () => {
    test.clock.set('2027-01-06T14:59:59Z');
    expect((await assessLearner(test.app, learner('hanako'))).isEligible).toBe(true);
    test.clock.set('2027-01-06T15:00:00Z');
    await expect(requireEligible(test.app, learner('hanako'))).rejects.toMatchObject({
      detail: { condition: 'E2' },
    });
    test.clock.set('2026-11-24T03:00:00Z');
  });
});
