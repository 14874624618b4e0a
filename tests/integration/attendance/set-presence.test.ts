import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authenticate, type Administrator } from '#lib/domain/people/actor.ts';
import { findLatestAttendance } from '#lib/server/attendance/attendance.queries.ts';
import { getPresence, setPresence, SetPresence } from '#lib/server/attendance/set-presence.ts';
import { startAttendance } from '#lib/server/attendance/start-attendance.ts';
import { disableOfficer } from '#lib/server/officers/disable-officer.ts';
import { inviteOfficer } from '#lib/server/officers/invite-officer.ts';
import { manyDrivers } from '../../support/many-drivers.ts';
import { publishLecture } from '../../support/published-lecture.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

let test: TestApp;
let shimizu: Administrator;
let okada: Administrator;
let people: Awaited<ReturnType<typeof manyDrivers>>;

beforeAll(async () => {
  test = await makeTestApp();
  people = await manyDrivers(test.app, 2);
  await publishLecture(test.app, [600_000]);
  shimizu = await newAdministrator('清水 真理', 'kanagawa');
  okada = await newAdministrator('岡田 隆', 'tokyo');
});
afterAll(() => test.close());

async function newAdministrator(name: string, commissionCode: string): Promise<Administrator> {
  const invited = { name, role: 'administrator', commissionCode, officeNameJa: null } as const;
  const { officerId } = await inviteOfficer(test.app, invited);
  const facts = { kind: 'administrator', officerId, name, commissionCode, sessionIdSha256: '' } as const;
  return authenticate<Administrator>(facts);
}

const set = (perChapter: string, seconds: string, administrator = shimizu) =>
  setPresence(
    test.app,
    administrator,
    SetPresence.parse({ presencePerChapter: perChapter, presenceAnswerSeconds: seconds }),
  );

async function begin() {
  const learner = people.pop()!;
  await startAttendance(test.app, learner);
  const { id } = (await findLatestAttendance(test.app.db, learner.driverId))!;
  const { presenceAnswerMs } = await test.app.db
    .selectFrom('attendance')
    .where('id', '=', id)
    .select('presenceAnswerMs')
    .executeTakeFirstOrThrow();
  const checks = () =>
    test.app.db.selectFrom('presenceCheck').where('attendanceId', '=', id).select('id').execute();
  return { presenceAnswerMs, checks };
}

describe('an administrator who sets presence checks', () => {
  it('sets them for lectures that begin afterwards, and for no others', async () => {
    const before = await begin();
    await set('3', '45');
    expect(await getPresence(test.app, shimizu)).toEqual({
      presencePerChapter: 3,
      presenceAnswerSeconds: 45,
    });
    expect(await before.checks()).toHaveLength(0);
    const after = await begin();
    expect(await after.checks()).toHaveLength(3);
    expect([before.presenceAnswerMs, after.presenceAnswerMs]).toEqual([60_000, 45_000]);
  });

  it('sets those of his own commission', async () => {
    await set('1', '30', okada);
    expect(await getPresence(test.app, okada)).toMatchObject({ presencePerChapter: 1 });
    expect(await getPresence(test.app, shimizu)).toMatchObject({ presencePerChapter: 3 });
  });

  it('leaves a line in the audit trail for each change, and none for no change', async () => {
    await set('2', '60');
    await Promise.all([set('2', '60'), set('2', '60')]);
    const lines = await test.app.db
      .selectFrom('auditEvent')
      .where('what', '=', 'presence.set')
      .where('subjectId', '=', 'kanagawa')
      .orderBy('id')
      .select(['actorId', 'detail'])
      .execute();
    expect(lines.at(-1)).toEqual({
      actorId: shimizu.officerId,
      detail: {
        presencePerChapter: 2,
        presenceAnswerSeconds: 60,
        perChapterBefore: 3,
        answerSecondsBefore: 45,
      },
    });
    expect(lines).toHaveLength(2);
  });

  it('may write numbers in full width', async () => {
    await set('4', ' 90 ');
    expect(await getPresence(test.app, shimizu)).toEqual({
      presencePerChapter: 4,
      presenceAnswerSeconds: 90,
    });
  });

  it.each([
    ['', '60'],
    ['1', ''],
    ['-1', '60'],
    ['11', '60'],
    ['1', '19'],
    ['1', '601'],
    ['1.5', '60'],
    ['1e0', '60'],
    ['0x1', '60'],
    ['one', '60'],
    ['1', '9'.repeat(11)],
  ])('cannot set %j and %j', (perChapter, seconds) => {
    const input = { presencePerChapter: perChapter, presenceAnswerSeconds: seconds };
    expect(SetPresence.safeParse(input).success).toBe(false);
  });

  it('sets nothing any more once he is disabled', async () => {
    const other = await newAdministrator('臨時 職員', 'kanagawa');
    await disableOfficer(test.app, shimizu, other.officerId);
    await expect(set('5', '60', other)).rejects.toMatchObject({ code: 'not_allowed' });
    expect(await getPresence(test.app, shimizu)).toMatchObject({ presencePerChapter: 4 });
  });
});
