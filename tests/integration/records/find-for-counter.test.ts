import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatRecordNumber } from '#lib/domain/records/record-number.ts';
import { findForCounter } from '#lib/server/records/find-for-counter.ts';
import { openCounterDesk, type CounterDesk } from '../../support/counter-desk.ts';

let desk: CounterDesk;
beforeAll(async () => {
  desk = await openCounterDesk();
});
afterAll(() => desk.close());

describe('an officer who looks', () => {
  it('finds a record by its number, as people write it, from any commission', async () => {
    const recordNumber = await desk.newRecord();
    for (const search of [
      recordNumber,
      formatRecordNumber(recordNumber),
      recordNumber.toLowerCase(),
      recordNumber.slice(1),
    ]) {
      expect(await findForCounter(desk.app, desk.hayashi, { search })).toEqual({
        kind: 'record',
        recordNumber,
      });
    }
  });

  it('goes straight to the record of a driver who has one, by licence number', async () => {
    const recordNumber = await desk.newRecord('akiko');
    expect(await findForCounter(desk.app, desk.hayashi, { search: '9900-0000-0004' })).toEqual({
      kind: 'record',
      recordNumber,
    });
  });

  it('is told how far somebody is who is not done, and of nobody who has not begun', async () => {
    await desk.beginLecture('makoto');
    const search = '９９００００００００03';
    expect(await findForCounter(desk.app, desk.mori, { search, reason: 'inquiry' })).toMatchObject({
      kind: 'driver',
      driver: { name: '鈴木 誠' },
      records: [],
      unfinished: { creditedMs: 900_000, totalMs: 1_800_000, chapterCount: 2, doneCount: 1 },
    });
    expect(await findForCounter(desk.app, desk.mori, { search: '990000000005' })).toMatchObject({
      records: [],
      unfinished: null,
    });
  });

  it('gets a choice when there is more than one record, the newest first', async () => {
    await desk.newRecord();
    const finding = await findForCounter(desk.app, desk.mori, { search: '990000000001' });
    expect(finding).toMatchObject({ kind: 'driver' });
    expect(finding.kind === 'driver' && finding.records.length).toBeGreaterThan(1);
  });

  it('is told when nobody has that licence, or no record has that number', async () => {
    expect(await findForCounter(desk.app, desk.mori, { search: '123456789012' })).toEqual({
      kind: 'driverUnknown',
    });
    await expect(findForCounter(desk.app, desk.mori, { search: 'K00-0000-0572-4' })).rejects.toMatchObject({
      code: 'record_not_found',
    });
  });

  it.each([
    ['12345', 'record_number_invalid'],
    ['山田花子', 'record_number_invalid'],
    ["'; drop table driver; --", 'record_number_invalid'],
    [' ', 'record_number_invalid'],
    ['K26-1234-5678-0', 'record_check_digit'],
    ['00000005725', 'record_check_digit'],
    ['こしゅ１：', 'scan_input_method'],
    ['https://example.jp/licence', 'scan_foreign'],
  ])('is told at once what is wrong with %s: %s', async (search, code) => {
    await expect(findForCounter(desk.app, desk.mori, { search })).rejects.toMatchObject({ code });
  });

  it('leaves every look in the audit trail, with the office and without a personal number', async () => {
    const recordNumber = await desk.newRecord();
    const before = await desk.lastAuditId();
    await findForCounter(desk.app, desk.hayashi, { search: recordNumber });
    await findForCounter(desk.app, desk.hayashi, { search: '990000000001' });
    await findForCounter(desk.app, desk.hayashi, { search: '123456789012' });
    await desk.check(recordNumber, desk.hayashi);
    const events = await desk.auditedAfter(before);
    expect(events.map(({ what, detail }) => [what, detail])).toEqual([
      ['record.lookedUp', { by: 'recordNumber', isFound: true }],
      ['driver.lookedUp', { by: 'licenceNumber', isFound: true }],
      ['driver.lookedUp', { by: 'licenceNumber', isFound: false }],
      ['driver.reasonGiven', { reason: 'viaRenewal', reasonId: expect.any(String) as string }],
      ['record.checked', { state: 'issued', isVia: true, reason: 'viaRenewal' }],
    ]);
    expect(
      events.every(
        ({ actorId, officeId }) => actorId === desk.hayashi.officerId && officeId === desk.hayashi.officeId,
      ),
    ).toBe(true);
    expect(JSON.stringify(events)).not.toMatch(/9900000000|123456789012|山田/);
  });

  it('is written once, about what was found: the record, or the driver', async () => {
    const record = await desk.db
      .selectFrom('completionRecord')
      .innerJoin('driver', 'driver.id', 'completionRecord.driverId')
      .where('driver.licenceNumber', '=', '990000000004')
      .select(['completionRecord.id', 'recordNumber', 'driverId'])
      .executeTakeFirstOrThrow();
    const before = await desk.lastAuditId();
    await findForCounter(desk.app, desk.mori, { search: record.recordNumber });
    await findForCounter(desk.app, desk.mori, { search: '990000000004' });
    await findForCounter(desk.app, desk.mori, { search: '123456789012' });
    await expect(findForCounter(desk.app, desk.mori, { search: 'K00-0000-0572-4' })).rejects.toThrow();
    const events = await desk.auditedAfter(before);
    expect(events.map(({ what, subjectKind, subjectId }) => [what, subjectKind, subjectId])).toEqual([
      ['record.lookedUp', 'record', record.id],
      ['driver.lookedUp', 'driver', record.driverId],
      ['driver.lookedUp', null, null],
      ['record.lookedUp', null, null],
    ]);
  });
});
