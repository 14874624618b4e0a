import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { formatRecordNumber } from '#lib/domain/records/record-number.ts';
import { checkRecord } from '#lib/server/records/check-record.ts';
import { AcceptRecord, acceptRecord, RejectRecord, rejectRecord } from '#lib/server/records/decide-record.ts';
import { findForCounter } from '#lib/server/records/find-for-counter.ts';
import { openFacePhoto, openPortrait } from '#lib/server/records/open-counter-picture.ts';
import { recordAptitudeTest, RecordAptitudeTest } from '#lib/server/records/record-aptitude-test.ts';
import { recordIssue, RecordIssue } from '#lib/server/records/record-issue.ts';
import { takeLecture } from '../../support/completed-attendance.ts';
import { signedInOfficer } from '../../support/officers.ts';
import { seedTestPeople } from '../../support/people.ts';
import { drawJpeg } from '../../support/photo.ts';
import { publishLecture, type PublishedLecture } from '../../support/published-lecture.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const NOW = '2026-11-22T03:00:00Z';
const PERIOD_END = '2027-01-04';
const photo = drawJpeg();

let test: TestApp;
let lecture: PublishedLecture;
let people: Awaited<ReturnType<typeof seedTestPeople>>;
let mori: CounterOfficer;
let hayashi: CounterOfficer;

beforeAll(async () => {
  test = await makeTestApp({ now: NOW });
  people = await seedTestPeople(test.app);
  lecture = await publishLecture(test.app, [900_000, 900_000]);
  mori = await signedInOfficer(test.app, '森 和子');
  hayashi = await signedInOfficer(test.app, '林 修一', 'tokyo');
});
afterAll(() => test.close());

let year = 2000;
const driver = (id: string) => people.driverIds.get(id)!;
/** Each call is another renewal period of the same person, so that the tests do not meet. */
async function newRecord(id = 'hanako', changes: { periodEnd?: string; lectureClass?: 'general' } = {}): Promise<string> {
  year += 1;
  const periodStart = `${year}-11-01`;
  const story = { driverId: driver(id), lecture, photo, periodStart, periodEnd: PERIOD_END, ...changes };
  const { recordNumber } = await takeLecture(test.app, story);
  return recordNumber!;
}

const setClass = (id: string, lectureClass: string) =>
  test.app.db.updateTable('driver').set({ lectureClass }).where('id', '=', driver(id)).execute();
const accept = (recordNumber: string, version = 1, officer = mori, note = '') =>
  acceptRecord(test.app, officer, AcceptRecord.parse({ recordNumber, version, note, isSamePerson: 'yes' }));
const reject = (recordNumber: string, changes: object = { reason: 'photoMismatch' }, officer = mori) =>
  rejectRecord(test.app, officer, RejectRecord.parse({ recordNumber, version: 1, ...changes }));
const eyes = { licenceGroup: 'ordinary', eyesightBoth: '1.0', eyesightLeft: '0.8', eyesightRight: '0.9', isHearingAndMotionFine: 'yes' };
const testEyes = (recordNumber: string, version = 2, changes: object = {}, officer = mori) =>
  recordAptitudeTest(test.app, officer, RecordAptitudeTest.parse({ recordNumber, version, ...eyes, ...changes }));
const issue = (recordNumber: string, version = 3, changes: object = {}, officer = mori) =>
  recordIssue(test.app, officer, RecordIssue.parse({ recordNumber, version, holdingAfter: 'both', issueDay: 'sameDay', ...changes }));
const check = (recordNumber: string, officer = mori) => checkRecord(test.app, officer, { recordNumber });
const audited = async (after: number) =>
  test.app.db
    .selectFrom('auditEvent')
    .where('id', '>', after)
    .orderBy('id')
    .select(['what', 'actorId', 'officeId', 'subjectKind', 'detail'])
    .execute();
const lastAudit = async () => {
  const { id } = await test.app.db.selectFrom('auditEvent').select((eb) => eb.fn.max('id').as('id')).executeTakeFirstOrThrow();
  return id;
};

beforeEach(() => test.clock.set(NOW));

describe('an officer who looks', () => {
  it('finds a record by its number, as people write it, from any commission', async () => {
    const recordNumber = await newRecord();
    for (const search of [recordNumber, formatRecordNumber(recordNumber), recordNumber.toLowerCase(), recordNumber.slice(1)]) {
      expect(await findForCounter(test.app, hayashi, { search })).toEqual({ kind: 'record', recordNumber });
    }
  });

  it('goes straight to the record of a driver who has one, by licence number', async () => {
    const recordNumber = await newRecord('akiko');
    expect(await findForCounter(test.app, hayashi, { search: '9900-0000-0004' })).toEqual({ kind: 'record', recordNumber });
  });

  it('is told how far somebody is who is not done, and of nobody who has not begun', async () => {
    await takeLecture(test.app, { driverId: driver('makoto'), lecture, doneCount: 1 });
    expect(await findForCounter(test.app, mori, { search: '９９００００００００03' })).toMatchObject({
      kind: 'driver',
      driver: { name: '鈴木 誠' },
      records: [],
      unfinished: { creditedMs: 900_000, totalMs: 1_800_000, chapterCount: 2, doneCount: 1 },
    });
    expect(await findForCounter(test.app, mori, { search: '990000000005' })).toMatchObject({ records: [], unfinished: null });
  });

  it('gets a choice when there is more than one record, the newest first', async () => {
    await newRecord();
    const finding = await findForCounter(test.app, mori, { search: '990000000001' });
    expect(finding).toMatchObject({ kind: 'driver' });
    expect(finding.kind === 'driver' && finding.records.length).toBeGreaterThan(1);
  });

  it('is told when nobody has that licence, or no record has that number', async () => {
    expect(await findForCounter(test.app, mori, { search: '123456789012' })).toEqual({ kind: 'driverUnknown' });
    await expect(findForCounter(test.app, mori, { search: 'K00-0000-0572-4' })).rejects.toMatchObject({ code: 'record_not_found' });
  });

  it.each(['K26-1234-5678-0', '12345', '山田花子', "'; drop table driver; --", 'K00-0000-0572-5'])(
    'is told at once that %s is no number',
    async (search) => {
      await expect(findForCounter(test.app, mori, { search })).rejects.toMatchObject({ code: 'record_number_invalid' });
    },
  );

  it('leaves every look in the audit trail, with the office and without a personal number', async () => {
    const recordNumber = await newRecord();
    const before = await lastAudit();
    await findForCounter(test.app, hayashi, { search: recordNumber });
    await findForCounter(test.app, hayashi, { search: '990000000001' });
    await findForCounter(test.app, hayashi, { search: '123456789012' });
    await check(recordNumber, hayashi);
    const events = await audited(before);
    expect(events.map(({ what, detail }) => [what, detail])).toEqual([
      ['record.lookedUp', { by: 'recordNumber', isFound: true }],
      ['driver.lookedUp', { by: 'licenceNumber', isFound: true }],
      ['driver.lookedUp', { by: 'licenceNumber', isFound: false }],
      ['record.checked', { state: 'issued', isVia: true }],
    ]);
    expect(events.every(({ actorId, officeId }) => actorId === hayashi.officerId && officeId === hayashi.officeId)).toBe(true);
    expect(JSON.stringify(events)).not.toMatch(/9900000000|123456789012|山田/);
  });
});

describe('the view of a record', () => {
  it('has all that is needed to decide, and proves that nobody changed it', async () => {
    const recordNumber = await newRecord();
    const seen = await check(recordNumber);
    expect(seen).toMatchObject({
      recordNumber,
      version: 1,
      state: 'issued',
      lectureClass: 'excellent',
      creditedMs: 1_800_000,
      legalMs: 1_800_000,
      driver: { name: '山田 花子', licenceNumber: '990000000001', hasPortrait: true },
      isVia: false,
      isIntact: true,
      classComparison: 'same',
      obstacles: [],
      next: 'decide',
      test: null,
      acts: [],
    });
    expect(seen.chapters.map(({ isRight }) => isRight)).toEqual([true, false]);
    expect(seen.chapters.map(({ watchedFrom }) => watchedFrom?.toISOString())).toEqual([
      '2026-11-22T02:30:00.000Z',
      '2026-11-22T02:45:00.000Z',
    ]);
    const picture = await openFacePhoto(test.app, mori, seen.chapters[0]!.photoId!);
    expect(picture).toEqual({ bytes: photo, mediaType: 'image/jpeg' });
    expect((await openPortrait(test.app, mori, recordNumber)).mediaType).toBe('image/png');
  });

  it('says that the office is of another commission than the home of the person', async () => {
    expect(await check(await newRecord(), hayashi)).toMatchObject({ isVia: true });
  });

  it('shows no photo that has been deleted, and none of a lecture without a record', async () => {
    const seen = await check(await newRecord());
    const photoId = seen.chapters[0]!.photoId!;
    await test.app.db.updateTable('facePhoto').set({ deletedAt: test.clock.now() }).where('id', '=', photoId).execute();
    await expect(openFacePhoto(test.app, mori, photoId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(openFacePhoto(test.app, mori, crypto.randomUUID())).rejects.toMatchObject({ code: 'not_found' });
    await expect(openPortrait(test.app, mori, 'K00000005724')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('notices a row that was changed behind our back, and does not accept it', async () => {
    const recordNumber = await newRecord();
    const { db } = test.app;
    await db.updateTable('completionRecord').set({ periodEnd: '2030-01-01' }).where('recordNumber', '=', recordNumber).execute();
    expect(await check(recordNumber)).toMatchObject({ isIntact: false });
    await expect(accept(recordNumber)).rejects.toMatchObject({ code: 'record_altered' });
    await reject(recordNumber, { reason: 'other', note: '内容が署名と一致しない' });
  });

  it('notices a statement that was changed', async () => {
    const recordNumber = await newRecord();
    const { db } = test.app;
    await db.updateTable('completionRecord').set({ statement: '番号: 1' }).where('recordNumber', '=', recordNumber).execute();
    expect(await check(recordNumber)).toMatchObject({ isIntact: false });
  });
});

describe('a record', () => {
  it('is accepted, tested and issued, and cannot be used again', async () => {
    const recordNumber = await newRecord();
    const before = await lastAudit();
    await accept(recordNumber);
    await testEyes(recordNumber);
    await issue(recordNumber, 3, { holdingAfter: 'mynaOnly', issueDay: 'later' });
    const seen = await check(recordNumber);
    expect(seen).toMatchObject({ state: 'used', version: 4, next: null, obstacles: [] });
    expect(seen.acts).toMatchObject([
      { kind: 'accepted', officerName: '森 和子', note: '' },
      { kind: 'aptitudeTest', test: { eyesightBoth: 1, faults: [] } },
      { kind: 'issued', issue: { holdingBefore: 'both', holdingAfter: 'mynaOnly', issueDay: 'later', isVia: false } },
    ]);
    for (const act of [issue, accept, testEyes]) {
      await expect(act(recordNumber, 4)).rejects.toMatchObject({ code: 'record_already_used' });
    }
    const events = await audited(before);
    expect(events.map(({ what }) => what)).toEqual(['record.accepted', 'record.aptitudeTest', 'record.issued', 'record.checked']);
    expect(JSON.stringify(events)).not.toContain('eyesight');
  });

  it('goes to one of two officers who decide at once; the other sees what the first did', async () => {
    const recordNumber = await newRecord();
    const outcomes = await Promise.allSettled([accept(recordNumber), reject(recordNumber, undefined, hayashi)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const loser = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(loser?.reason).toMatchObject({ code: 'record_already_decided' });
    expect((await check(recordNumber)).acts).toHaveLength(1);
  });

  it('is issued once when two officers press at once', async () => {
    const recordNumber = await newRecord();
    await accept(recordNumber);
    await testEyes(recordNumber);
    const outcomes = await Promise.allSettled([issue(recordNumber), issue(recordNumber, 3, {}, hayashi)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find((outcome) => outcome.status === 'rejected')?.reason).toMatchObject({ code: 'record_already_used' });
  });

  it('does not take a second aptitude test that was entered on an older view', async () => {
    const recordNumber = await newRecord();
    await accept(recordNumber);
    await testEyes(recordNumber);
    await expect(testEyes(recordNumber, 2, {}, hayashi)).rejects.toMatchObject({ code: 'record_changed_meanwhile' });
  });

  it('waits until an aptitude test is passed', async () => {
    const recordNumber = await newRecord();
    await expect(testEyes(recordNumber, 1)).rejects.toMatchObject({ code: 'record_not_accepted' });
    await accept(recordNumber);
    await expect(issue(recordNumber, 2)).rejects.toMatchObject({ code: 'aptitude_test_required' });
    await testEyes(recordNumber, 2, { eyesightBoth: '0.5' });
    expect(await check(recordNumber)).toMatchObject({ next: 'aptitudeTest', test: { faults: ['eyesight'] } });
    await expect(issue(recordNumber, 3)).rejects.toMatchObject({ code: 'aptitude_test_required' });
    await testEyes(recordNumber, 3, { wearsGlasses: 'yes' });
    expect(await check(recordNumber)).toMatchObject({ next: 'issue', test: { needsGlasses: true } });
    await issue(recordNumber, 4);
  });

  it('is rejected with a reason, and only with one', async () => {
    const recordNumber = await newRecord();
    await expect(reject(recordNumber, {})).rejects.toMatchObject({ code: 'reason_required' });
    await expect(reject(recordNumber, { reason: 'other', note: ' ' })).rejects.toMatchObject({ code: 'reason_required' });
    await reject(recordNumber, { reason: 'other', note: '本人でない' });
    expect(await check(recordNumber)).toMatchObject({
      state: 'rejected',
      acts: [{ kind: 'rejected', reason: 'other', note: '本人でない' }],
    });
    await expect(accept(recordNumber, 2)).rejects.toMatchObject({ code: 'record_already_decided' });
  });

  it('serves to the last day of its period in Japan, and not a minute longer', async () => {
    const recordNumber = await newRecord();
    test.clock.set('2027-01-04T15:00:00Z');
    expect(await check(recordNumber)).toMatchObject({ obstacles: ['record_period_over'] });
    await expect(accept(recordNumber)).rejects.toMatchObject({ code: 'record_period_over' });
    test.clock.set('2027-01-04T14:59:59Z');
    await accept(recordNumber);
  });

  it('is of no use when the class has changed since, even after it was accepted', async () => {
    const recordNumber = await newRecord('akiko');
    await accept(recordNumber);
    await testEyes(recordNumber);
    await setClass('akiko', 'violation');
    expect(await check(recordNumber)).toMatchObject({ obstacles: ['record_class_changed'], next: null });
    await expect(issue(recordNumber)).rejects.toMatchObject({ code: 'record_class_changed' });
    await setClass('akiko', 'excellent');
  });

  it('of the longer lecture serves for the shorter one, with a note of why', async () => {
    const recordNumber = await newRecord('hanako', { lectureClass: 'general' });
    expect(await check(recordNumber)).toMatchObject({ classComparison: 'covered', obstacles: [] });
    await expect(accept(recordNumber)).rejects.toMatchObject({ code: 'reason_required' });
    await accept(recordNumber, 1, mori, '一般の講習を受けたあと、優良になった');
    expect(await check(recordNumber)).toMatchObject({ acts: [{ kind: 'accepted', reason: 'classCovered' }] });
  });

  it('of somebody from elsewhere is issued as via, and what is held does not change there', async () => {
    const recordNumber = await newRecord();
    await accept(recordNumber, 1, hayashi);
    await testEyes(recordNumber, 2, {}, hayashi);
    await expect(issue(recordNumber, 3, { holdingAfter: 'cardOnly' }, hayashi)).rejects.toMatchObject({ code: 'via_holding_change' });
    await issue(recordNumber, 3, { holdingAfter: 'mynaOnly' }, hayashi);
    expect(await check(recordNumber)).toMatchObject({ acts: [{}, {}, { issue: { isVia: true } }] });
  });

  it('that was voided cannot be accepted', async () => {
    const recordNumber = await newRecord();
    await test.app.db.updateTable('completionRecord').set({ state: 'voided' }).where('recordNumber', '=', recordNumber).execute();
    await expect(accept(recordNumber)).rejects.toMatchObject({ code: 'record_voided' });
  });

  it('keeps a history that nobody changes', async () => {
    await expect(test.app.db.deleteFrom('counterAct').execute()).rejects.toThrow('append-only');
  });
});

describe('a form that is filled in wrongly', () => {
  const seen = { recordNumber: 'K00000005724', version: '1' };
  it.each([
    ['no photo comparison', AcceptRecord, { ...seen }],
    ['a number that is none', AcceptRecord, { ...seen, recordNumber: 'K1', isSamePerson: 'yes' }],
    ['a version that is none', AcceptRecord, { ...seen, version: 'x', isSamePerson: 'yes' }],
    ['an eyesight left out', RecordAptitudeTest, { ...seen, ...eyes, eyesightBoth: '' }],
    ['an eyesight of 10', RecordAptitudeTest, { ...seen, ...eyes, eyesightBoth: '10' }],
    ['a holding that is none', RecordIssue, { ...seen, holdingAfter: 'none', issueDay: 'sameDay' }],
  ])('is refused: %s', (_story, schema, input) => expect(schema.safeParse(input).success).toBe(false));
});
