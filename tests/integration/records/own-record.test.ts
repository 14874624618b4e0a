import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { authenticate, type Learner } from '#lib/domain/people/actor.ts';
import { getOwnRecord } from '#lib/server/records/get-own-record.ts';
import { recordCalendar } from '#lib/server/records/record-calendar.ts';
import { VoidRecord, voidRecord } from '#lib/server/records/void-record.ts';
import { openCounterDesk, type CounterDesk } from '../../support/counter-desk.ts';

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(readFileSync(wasm)).buffer } });

let desk: CounterDesk;
let driverId: string;
beforeAll(async () => {
  desk = await openCounterDesk();
  ({ id: driverId } = await desk.db
    .selectFrom('driver')
    .where('licenceNumber', '=', '990000000001')
    .select('id')
    .executeTakeFirstOrThrow());
});
afterAll(() => desk.close());

const own = () =>
  getOwnRecord(
    desk.app,
    authenticate<Learner>({ kind: 'learner', driverId, credentialId: '', sessionIdSha256: '' }),
  );
/** The newest record is the one that a learner is shown. */
async function newest() {
  await desk.db
    .updateTable('completionRecord')
    .set({ issuedAt: new Date(0) })
    .execute();
  return desk.newRecord();
}

describe('the record as its learner sees it', () => {
  it('has a QR code that a reader reads, and that is the proof', async () => {
    const recordNumber = await newest();
    const record = await own();
    const { proof } = await desk.db
      .selectFrom('completionRecord')
      .where('recordNumber', '=', recordNumber)
      .select('proof')
      .executeTakeFirstOrThrow();
    const { size, path } = record!.qrCode!;
    expect(size).toBeLessThanOrEqual(53); // version 9
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 ${size + 8} ${size + 8}"><rect x="-4" y="-4" width="100%" height="100%" fill="#fff"/><path d="${path}"/></svg>`;
    const png = new Resvg(svg, { fitTo: { mode: 'width', value: (size + 8) * 4 } }).render().asPng();
    const [read] = await readBarcodes(png, { formats: ['QRCode'] });
    expect(read?.text).toBe(proof);
    expect(JSON.stringify(record)).not.toContain(proof);
  });

  it('is told as it stands: accepted, used, over, of another class now', async () => {
    const recordNumber = await newest();
    expect(await own()).toMatchObject({ standing: 'issued', isOpen: true });
    await desk.setClass('hanako', 'violation');
    expect(await own()).toMatchObject({ standing: 'superseded', isOpen: false, qrCode: null });
    await desk.setClass('hanako', 'excellent');
    desk.clock.set('2027-01-05T00:00:00Z');
    expect(await own()).toMatchObject({ standing: 'expired', isOpen: false, qrCode: null });
    desk.resetClock();
    await desk.accept(recordNumber);
    expect(await own()).toMatchObject({ standing: 'checked', isOpen: true });
    await desk.testEyes(recordNumber);
    await desk.issue(recordNumber);
    expect(await own()).toMatchObject({ standing: 'used', isOpen: false, qrCode: null });
  });

  it('that was voided says why, and where', async () => {
    const recordNumber = await newest();
    const wish = { recordNumber, version: 1, reason: 'proxyAttendance', isConfirmed: 'yes' };
    await voidRecord(desk.app, { ...desk.mori, isSupervisor: true }, VoidRecord.parse(wish));
    expect(await own()).toMatchObject({
      standing: 'voided',
      qrCode: null,
      decision: { reason: 'proxyAttendance', at: new Date('2026-11-22T03:00:00Z') },
    });
  });

  it('has a later last day when the licence lapsed for a reason that nobody could help', async () => {
    await newest();
    const lapse = { lapseKind: 'unavoidable', lapsedOn: '2027-01-05' };
    await desk.db.updateTable('driver').set(lapse).where('id', '=', driverId).execute();
    desk.clock.set('2027-05-01T03:00:00Z');
    expect(await own()).toMatchObject({
      isOpen: true,
      lastDay: '2027-11-21',
      lapse: { kind: 'unavoidable' },
    });
    desk.resetClock();
  });
});

describe('the calendar file', () => {
  const file = recordCalendar({
    recordNumber: 'K26123456789',
    issuedAt: new Date('2026-11-22T03:00:00Z'),
    lastDay: '2027-01-04',
    title: '免許更新の期限',
    description: '番号, 「K26」; 次の行\nです',
    url: 'https://example.jp/yoyaku',
  });
  // RFC 5545 §3.1: lines are folded with CRLF and a space.
  const lines = file.replaceAll('\r\n ', '').split('\r\n');

  it('holds the last day as a whole day that no time zone moves, and reminders at nine in the morning', () => {
    for (const line of [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'UID:K26123456789@koshu',
      'DTSTAMP:20261122T030000Z',
      'DTSTART;VALUE=DATE:20270104',
      'SUMMARY:免許更新の期限',
      'URL;VALUE=URI:https://example.jp/yoyaku',
      'TRIGGER:-P13DT15H',
      'TRIGGER:-P2DT15H',
      'TRIGGER:-PT15H',
    ]) {
      expect(lines).toContain(line);
    }
    expect(lines.join('\n')).toContain('DESCRIPTION:番号\\, 「K26」\\; 次の行\\nです');
    expect(file.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  });
});
