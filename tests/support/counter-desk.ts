import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { checkRecord } from '#lib/server/records/check-record.ts';
import { VIA_CONFIRMATIONS } from '#lib/domain/records/via.ts';
import { CorrectAct, correctAct } from '#lib/server/records/correct-act.ts';
import {
  AcceptRecord,
  acceptRecord,
  DecideRecord,
  decideRecord,
  RejectRecord,
  rejectRecord,
} from '#lib/server/records/decide-record.ts';
import { listReferred } from '#lib/server/records/list-referred.ts';
import { giveRecordReason } from '#lib/server/records/give-record-reason.ts';
import { recordAptitudeTest, RecordAptitudeTest } from '#lib/server/records/record-aptitude-test.ts';
import { recordIssue, RecordIssue } from '#lib/server/records/record-issue.ts';
import { takeLecture } from './completed-attendance.ts';
import { signedInOfficer } from './officers.ts';
import { seedTestPeople } from './people.ts';
import { drawJpeg } from './photo.ts';
import { publishLecture } from './published-lecture.ts';
import { makeTestApp } from './test-app.ts';

const NOW = '2026-11-22T03:00:00Z';
const PERIOD_END = '2027-01-04';
const CHAPTERS_MS = [900_000, 900_000];

/** What an officer enters of eyes that are good enough. */
export const GOOD_EYES = {
  licenceGroup: 'ordinary',
  eyesightBoth: '1.0',
  eyesightLeft: '0.8',
  eyesightRight: '0.9',
  hearing: 'heard',
  isMotionFine: 'yes',
};

/** A counter in Kanagawa (Mori) and one in Tokyo (Hayashi), with people who have taken the lecture; forms go through their schemas. */
export async function openCounterDesk(env: Readonly<Record<string, string>> = {}) {
  const test = await makeTestApp({ now: NOW, env });
  const { app, clock } = test;
  const people = await seedTestPeople(app);
  const lecture = await publishLecture(app, CHAPTERS_MS);
  const mori = await signedInOfficer(app, '森 和子');
  const hayashi = await signedInOfficer(app, '林 修一', 'tokyo');
  const ueno = await signedInOfficer(app, '上野 正', 'kanagawa', { isSupervisor: true });
  const photo = drawJpeg();
  const driverId = (id: string) => people.driverIds.get(id)!;
  let year = 2000;
  /** Who is of another commission says why before he does anything. */
  async function asked(officer: CounterOfficer, recordNumber: string): Promise<CounterOfficer> {
    const { id } = (await app.db
      .selectFrom('completionRecord')
      .where('recordNumber', '=', recordNumber)
      .select('driverId as id')
      .executeTakeFirst()) ?? { id: null };
    if (id !== null) await giveRecordReason(app, officer, recordNumber, { reason: 'viaRenewal', words: '' });
    return officer;
  }

  return {
    app,
    db: app.db,
    clock,
    mori,
    hayashi,
    /** Mori's supervisor. */
    ueno,
    photo,
    close: () => test.close(),
    resetClock: () => clock.set(NOW),
    driverId,
    beginLecture: (id: string) => takeLecture(app, { driverId: driverId(id), lecture, doneCount: 1 }),

    /** Each call is another renewal period of the same person, so that the tests do not meet. */
    async newRecord(
      id = 'hanako',
      changes: { lectureClass?: 'general'; periodStart?: string; periodEnd?: string } = {},
    ): Promise<string> {
      year += 1;
      const period = { periodStart: `${year}-11-01`, periodEnd: PERIOD_END };
      const { recordNumber } = await takeLecture(app, {
        driverId: driverId(id),
        lecture,
        photo,
        ...period,
        ...changes,
      });
      return recordNumber!;
    },
    /** What the QR of a record says. */
    async proofOf(recordNumber: string): Promise<string> {
      const record = app.db.selectFrom('completionRecord').where('recordNumber', '=', recordNumber);
      return (await record.select('proof').executeTakeFirstOrThrow()).proof!;
    },
    setClass: (id: string, lectureClass: string) =>
      app.db.updateTable('driver').set({ lectureClass }).where('id', '=', driverId(id)).execute(),

    /** An officer of another commission says why before he looks. */
    async check(recordNumber: string, officer: CounterOfficer = mori) {
      await giveRecordReason(app, officer, recordNumber, { reason: 'viaRenewal', words: '' });
      return checkRecord(app, officer, { recordNumber });
    },
    accept: async (recordNumber: string, version = 1, officer = mori, note = '') =>
      acceptRecord(
        app,
        await asked(officer, recordNumber),
        AcceptRecord.parse({ recordNumber, version, note, isSamePerson: 'yes' }),
      ),
    decide: async (recordNumber: string, comparison: string, changes: object = {}, officer = mori) =>
      decideRecord(
        app,
        await asked(officer, recordNumber),
        DecideRecord.parse({ recordNumber, version: 1, comparison, ...changes }),
      ),
    listReferred: (officer: CounterOfficer) => listReferred(app, officer),
    /** Takes back the newest act that holds, as the officer's page shows it. */
    async correct(recordNumber: string, officer = mori, changes: object = {}) {
      await giveRecordReason(app, officer, recordNumber, { reason: 'viaRenewal', words: '' });
      const { version, correction } = await checkRecord(app, officer, { recordNumber });
      const form = { recordNumber, version, actId: correction?.actId ?? 1, reason: '入力の誤り', ...changes };
      return correctAct(app, officer, CorrectAct.parse(form));
    },
    reject: async (recordNumber: string, changes: object = { reason: 'photoMismatch' }, officer = mori) =>
      rejectRecord(
        app,
        await asked(officer, recordNumber),
        RejectRecord.parse({ recordNumber, version: 1, ...changes }),
      ),
    testEyes: async (recordNumber: string, version = 2, changes: object = {}, officer = mori) =>
      recordAptitudeTest(
        app,
        await asked(officer, recordNumber),
        RecordAptitudeTest.parse({ recordNumber, version, ...GOOD_EYES, ...changes }),
      ),
    issue: async (recordNumber: string, version = 3, changes: object = {}, officer = mori) => {
      const form = {
        recordNumber,
        version,
        holdingAfter: 'both',
        issueDay: 'sameDay',
        viaConfirmed: VIA_CONFIRMATIONS,
      };
      return recordIssue(app, await asked(officer, recordNumber), RecordIssue.parse({ ...form, ...changes }));
    },

    async lastAuditId(): Promise<number> {
      const newest = app.db.selectFrom('auditEvent').select((eb) => eb.fn.max('id').as('id'));
      return (await newest.executeTakeFirstOrThrow()).id;
    },
    auditedAfter: (id: number) =>
      app.db
        .selectFrom('auditEvent')
        .where('id', '>', id)
        .orderBy('id')
        .select(['what', 'actorId', 'officeId', 'subjectKind', 'subjectId', 'detail'])
        .execute(),
  };
}

export type CounterDesk = Awaited<ReturnType<typeof openCounterDesk>>;
