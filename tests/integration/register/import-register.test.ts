import { readFileSync } from 'node:fs';
import path from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import { authenticate, type Administrator } from '#lib/domain/people/actor.ts';
import { addDays, addMonths } from '#lib/domain/renewal/calendar.ts';
import { renewalPeriod } from '#lib/domain/renewal/period.ts';
import { findDriverByLicenceNumber } from '#lib/server/register/find-driver.ts';
import { HOLIDAYS } from '#lib/server/register/holidays.ts';
import { importRegister } from '#lib/server/register/import-register.ts';
import { listRegisterImports } from '#lib/server/register/list-register-imports.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import type { RegisterRow } from '#lib/server/register/register-columns.ts';
import { namedPeople } from '../../../scripts/named-people.ts';
import { writeRegisterCsv } from '../../../scripts/seed/write-register-csv.ts';
import { takeLecture } from '../../support/completed-attendance.ts';
import { publishLecture } from '../../support/published-lecture.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

let test: TestApp;
let administrator: Administrator;
beforeAll(async () => {
  test = await makeTestApp({ now: '2026-11-24T03:00:00Z' });
  await seedCommissions(test.app);
  const { id: officerId } = await test.app.db
    .insertInto('officer')
    .values({ role: 'administrator', name: '清水 真理', commissionCode: 'kanagawa' })
    .returning('id')
    .executeTakeFirstOrThrow();
  administrator = authenticate<Administrator>({
    kind: 'administrator',
    officerId,
    name: '清水 真理',
    commissionCode: 'kanagawa',
    sessionIdSha256: '',
  });
});
afterAll(() => test.close());

const rows = namedPeople('2026-11-24').flatMap(({ register }) => (register ? [register] : []));
const hanako = rows[0] as RegisterRow;
const importText = (text: string, fileName = 'register.csv') =>
  importRegister(test.app, administrator, { fileName, bytes: Buffer.from(text, 'utf8') });
const importRows = (...wanted: RegisterRow[]) => importText(writeRegisterCsv(wanted));

const count = async (table: 'driver' | 'registerImport' | 'auditEvent') => {
  const query = test.app.db.selectFrom(table).select((eb) => eb.fn.countAll<number>().as('count'));
  return (await query.executeTakeFirstOrThrow()).count;
};
const counts = async () => [await count('driver'), await count('registerImport'), await count('auditEvent')];

describe('an administrator imports the register', () => {
  it('all of it, with who did it and from what', async () => {
    const { importId, rowCount } = await importText(writeRegisterCsv(rows), '令和8年11月.csv');
    expect(rowCount).toBe(rows.length);
    expect(await count('driver')).toBe(rows.length);
    expect(await listRegisterImports(test.app, administrator)).toEqual([
      {
        id: importId,
        importedAt: test.clock.now(),
        fileName: '令和8年11月.csv',
        rowCount: rows.length,
        importedByName: '清水 真理',
      },
    ]);
    const audit = await test.app.db.selectFrom('auditEvent').selectAll().execute();
    expect(audit).toMatchObject([
      {
        what: 'register.imported',
        actorKind: 'officer',
        actorId: administrator.officerId,
        subjectId: importId,
        detail: { rowCount: rows.length },
      },
    ]);
    expect(await findDriverByLicenceNumber(test.app.db, hanako.licenceNumber)).toMatchObject({
      name: '山田 花子',
      birthDate: hanako.birthDate,
      expiryDate: hanako.expiryDate,
      lectureClass: 'excellent',
      commissionNameJa: '神奈川県公安委員会',
      commissionPhone: '045-365-3111',
    });
  });

  it('again: the same people, with what is new about them', async () => {
    const before = await findDriverByLicenceNumber(test.app.db, hanako.licenceNumber);
    await importRows({
      ...hanako,
      lectureClass: 'general',
      address: '東京都府中市見本町9',
      homeCommissionCode: 'tokyo',
    });
    const after = await findDriverByLicenceNumber(test.app.db, hanako.licenceNumber);
    expect(after).toMatchObject({ id: before?.id, lectureClass: 'general', homeCommissionCode: 'tokyo' });
    await importRows(hanako);
    expect(await findDriverByLicenceNumber(test.app.db, hanako.licenceNumber)).toEqual(before);
    expect(await count('driver')).toBe(rows.length);
  });

  it('in Shift_JIS too', async () => {
    const text = writeRegisterCsv([{ ...hanako, name: '髙橋 﨑子' }]);
    await importRegister(test.app, administrator, {
      fileName: 'sjis.csv',
      bytes: iconv.encode(text, 'cp932'),
    });
    expect(await findDriverByLicenceNumber(test.app.db, hanako.licenceNumber)).toMatchObject({
      name: '髙橋 﨑子',
    });
    await importRows(hanako);
  });

  it('of more people than fit into one statement', async () => {
    const many = Array.from({ length: 4_500 }, (_, index) => ({
      ...hanako,
      licenceNumber: String(980_000_000_000 + index),
    }));
    await importRows(...many);
    expect(await count('driver')).toBe(rows.length + many.length);
  });

  it('twice at once, in opposite order, without a deadlock', async () => {
    const many = Array.from({ length: 500 }, (_, index) => ({
      ...hanako,
      licenceNumber: String(970_000_000_000 + index),
    }));
    const results = await Promise.all([
      importRows(...many),
      importRows(...many.toReversed()),
      importRows(...many),
    ]);
    expect(results.map(({ rowCount }) => rowCount)).toEqual([500, 500, 500]);
  });

  it('as the documentation shows it', async () => {
    const documentation = readFileSync(
      path.join(import.meta.dirname, '../../../docs/register-csv.md'),
      'utf8',
    );
    const example = /```csv\n([\s\S]*?)```/.exec(documentation)?.[1] ?? '';
    expect(await importText(example)).toMatchObject({ rowCount: 1 });
  });
});

describe('a file that is wrong changes nothing', () => {
  const good = writeRegisterCsv([{ ...hanako, licenceNumber: '960000000001' }]);

  it.each([
    ['import_rows_invalid', Buffer.from(`${good}${good.split('\r\n')[1]?.replace('優良', '最優良')}\r\n`)],
    ['import_wrong_columns', Buffer.from(good.replace('保有状況', '保有'))],
    ['import_empty', Buffer.from(`${good.split('\r\n')[0]}\r\n`)],
    ['import_empty', Buffer.alloc(0)],
    ['import_unreadable', Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x00, 0xff, 0xfd])],
    ['import_too_large', Buffer.alloc(LIMITS.importMaxBytes + 1, 'a')],
  ])('%s', async (code, bytes) => {
    const before = await counts();
    const importing = importRegister(test.app, administrator, { fileName: 'wrong.csv', bytes });
    await expect(importing).rejects.toMatchObject({ name: 'Refusal', code });
    expect(await counts()).toEqual(before);
  });

  it('import_too_large for too many rows, however short', async () => {
    const line = ','.repeat(3);
    const text = `a\n${`x${line}\n`.repeat(LIMITS.importMaxRows + 1)}`;
    await expect(importText(text)).rejects.toMatchObject({ code: 'import_too_large' });
  });
});

describe('a decree after a disaster', () => {
  it('gives whoever has begun his lecture the time that the register says, and another renewal gives none', async () => {
    await importRows(hanako);
    const lecture = await publishLecture(test.app, [60_000, 60_000]);
    const { id: driverId } = (await findDriverByLicenceNumber(test.app.db, hanako.licenceNumber))!;
    const { start, end } = renewalPeriod(hanako.birthDate, hanako.expiryDate, HOLIDAYS);
    const period = { periodStart: start, periodEnd: end };
    const { attendanceId } = await takeLecture(test.app, { driverId, lecture, doneCount: 1, ...period });
    const endAfter = async (expiryDate: string) => {
      await importRows({ ...hanako, expiryDate });
      const attendance = test.app.db.selectFrom('attendance').where('id', '=', attendanceId);
      return (await attendance.select('periodEnd').executeTakeFirstOrThrow()).periodEnd;
    };
    expect(await endAfter(hanako.expiryDate)).toBe(end);
    expect(await endAfter(addMonths(hanako.expiryDate, 60))).toBe(end);
    expect((await endAfter(addDays(end, 60))) >= addDays(end, 60)).toBe(true);
  });
});
