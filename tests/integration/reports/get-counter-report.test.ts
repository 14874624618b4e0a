import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { getCounterReport, ReportPeriod } from '#lib/server/reports/get-counter-report.ts';
import { openCounterDesk, type CounterDesk } from '../../support/counter-desk.ts';
import { signedInAdministrator, signedInOfficer } from '../../support/officers.ts';

const CENTRE = '神奈川県警察 運転免許センター';
const PERIOD = { from: '2026-10-01', to: '2026-10-31' };

let desk: CounterDesk;
let supervisor: CounterOfficer;
beforeAll(async () => {
  desk = await openCounterDesk();
  supervisor = await signedInOfficer(desk.app, '原田 監督', 'kanagawa', { isSupervisor: true });
});
afterAll(() => desk.close());

/** As it happened at that minute of a day in Japan. */
const at = (day: string, time: string) => new Date(`2026-10-${day}T${time}:00+09:00`);
let version = 0;

async function look(officer: CounterOfficer, recordId: string, when: Date, what = 'record.checked') {
  const { officerId, officeId } = officer;
  const who = { actorKind: 'officer', actorId: officerId, officeId };
  const subject = { subjectKind: 'record', subjectId: recordId };
  await desk.db
    .insertInto('auditEvent')
    .values({ at: when, ...who, ...subject, what })
    .execute();
}
async function decide(officer: CounterOfficer, recordId: string, when: Date, kind: string, reason?: string) {
  version += 1;
  const { officerId, officeId } = officer;
  await desk.db
    .insertInto('counterAct')
    .values({ recordId, recordVersion: version, kind, officerId, officeId, at: when, reason: reason ?? null })
    .execute();
}
async function newRecordId(): Promise<string> {
  const recordNumber = await desk.newRecord();
  const found = desk.db.selectFrom('completionRecord').where('recordNumber', '=', recordNumber).select('id');
  return (await found.executeTakeFirstOrThrow()).id;
}

describe('the report of a counter', () => {
  it('is empty before anything happened', async () => {
    const { rows, total } = await getCounterReport(desk.app, supervisor, PERIOD);
    expect([rows, total.opened, total.medianSeconds]).toEqual([[], 0, null]);
  });

  it('has a row for each office and day in Japan, with the median time from opening to deciding', async () => {
    const [one, two, three] = [await newRecordId(), await newRecordId(), await newRecordId()];
    // Half past eight in Japan is still the day before in UTC.
    await look(desk.mori, one, at('05', '08:30'), 'record.lookedUp');
    await look(desk.mori, one, at('05', '08:30'));
    await look(desk.mori, one, at('05', '08:31'));
    await decide(desk.mori, one, at('05', '08:32'), 'accepted');
    await look(desk.mori, two, at('05', '23:50'));
    await decide(desk.mori, two, at('05', '23:54'), 'rejected', 'photoMismatch');
    await decide(desk.mori, three, at('05', '12:00'), 'rejected', 'somethingNew');
    await look(desk.mori, three, at('06', '09:00'));
    await decide(desk.mori, three, at('06', '09:10'), 'rejected', 'classChanged');
    await look(desk.hayashi, one, at('06', '10:00'));
    await decide(desk.mori, two, at('31', '23:59'), 'accepted');
    await decide(desk.mori, two, new Date('2026-10-31T15:00:00Z'), 'accepted');

    const { rows, total } = await getCounterReport(desk.app, supervisor, PERIOD);
    const none = { lookedUp: 0, opened: 0, accepted: 0, photoMismatch: 0, classChanged: 0, otherRejected: 0 };
    expect(rows).toMatchObject([
      { day: '2026-10-31', ...none, accepted: 1, medianSeconds: null },
      { day: '2026-10-06', ...none, opened: 1, classChanged: 1, medianSeconds: 600 },
      {
        ...{ day: '2026-10-05', officeNameJa: CENTRE, lookedUp: 1, opened: 2, accepted: 1 },
        ...{ photoMismatch: 1, classChanged: 0, otherRejected: 1, referred: 0, medianSeconds: 180 },
      },
    ]);
    expect(total).toMatchObject({ opened: 3, accepted: 2, photoMismatch: 1, medianSeconds: 240 });
  });

  it('is that of the whole commission for its administrator, and of no other', async () => {
    const ofKanagawa = await signedInAdministrator(desk.app, '神奈川の管理者');
    const ofTokyo = await signedInAdministrator(desk.app, '東京の管理者', 'tokyo');
    expect((await getCounterReport(desk.app, ofKanagawa, PERIOD)).total.accepted).toBe(2);
    const { rows } = await getCounterReport(desk.app, ofTokyo, PERIOD);
    expect(rows).toMatchObject([{ day: '2026-10-06', opened: 1, accepted: 0 }]);
  });

  it('is refused to an officer who is no supervisor', async () => {
    await expect(getCounterReport(desk.app, desk.mori, PERIOD)).rejects.toMatchObject({
      code: 'not_allowed',
    });
  });

  it.each([
    { from: '2026-10-02', to: '2026-10-01' },
    { from: '2026-02-30', to: '2026-03-01' },
    { from: '2025-01-01', to: '2026-10-01' },
    { from: '', to: '2026-10-01' },
    { from: "'; drop table officer; --", to: '2026-10-01' },
  ])('is of days that exist, in order, and of a year at most: not of %o', (period) => {
    expect(ReportPeriod.safeParse(period).success).toBe(false);
  });
});
