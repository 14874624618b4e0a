import { writeFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatRecordNumber, parseRecordNumber } from '#lib/domain/records/record-number.ts';
import { getOwnRecord } from '#lib/server/records/get-own-record.ts';
import { loadRecordSigner } from '#lib/server/records/record-signer.ts';
import { takeLecture } from '../../support/completed-attendance.ts';
import { seedTestPeople } from '../../support/people.ts';
import { publishLecture, type PublishedLecture } from '../../support/published-lecture.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

let test: TestApp;
let lecture: PublishedLecture;
let people: Awaited<ReturnType<typeof seedTestPeople>>;

beforeAll(async () => {
  test = await makeTestApp();
  people = await seedTestPeople(test.app);
  lecture = await publishLecture(test.app, [600_000, 600_000, 600_000]);
});
afterAll(() => test.close());

describe('a completion record', () => {
  it('has a number, and a signed statement that names no person', async () => {
    const driverId = people.driverIds.get('hanako')!;
    const { recordNumber, attendanceId } = await takeLecture(test.app, { driverId, lecture });
    expect(parseRecordNumber(recordNumber!)).toBe(recordNumber);
    const row = await test.app.db
      .selectFrom('completionRecord')
      .select(['statement', 'signature', 'signingKeyId', 'state', 'version'])
      .where('attendanceId', '=', attendanceId)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ state: 'issued', version: 1, signingKeyId: '1' });
    expect(row.statement.split('\n')).toEqual([
      'オンライン更新時講習 修了記録',
      `番号: ${formatRecordNumber(recordNumber!)}`,
      '講習区分: 優良運転者講習',
      '更新期間: 2026-11-01 から 2027-01-04 まで',
      '修了: 2026-11-22T03:00:00.000Z',
      `受講: ${attendanceId}`,
      '公安委員会: 神奈川県公安委員会',
      '講習: 見本の講習 第1版',
      '視聴時間: 1800000 ミリ秒',
      '',
    ]);
    expect(row.statement).not.toMatch(/山田|9900/);
    const { recordSigner } = test.app;
    expect(recordSigner.verify(row.statement, row.signature)).toBe(true);
    expect(recordSigner.verify(row.statement.replace('優良', '一般'), row.signature)).toBe(false);
  });

  it('is seen by its learner alone, with the fees and whom to call', async () => {
    expect(await getOwnRecord(test.app, people.learner('hanako'))).toMatchObject({
      state: 'issued',
      isPeriodOver: false,
      decision: null,
      driver: { holdingType: 'both' },
      commission: { nameJa: '神奈川県公安委員会', phone: '045-365-3111' },
      fees: { lowestYen: 3_050, highestYen: 3_150, hasUnknown: true },
    });
    expect(await getOwnRecord(test.app, people.learner('akiko'))).toBeNull();
  });

  it('is one for each attendance', async () => {
    const driverId = people.driverIds.get('akiko')!;
    await takeLecture(test.app, { driverId, lecture });
    await expect(takeLecture(test.app, { driverId, lecture })).rejects.toThrow();
    const rows = await test.app.db
      .selectFrom('completionRecord')
      .where('driverId', '=', driverId)
      .select('id')
      .execute();
    expect(rows).toHaveLength(1);
  });
});

describe('the key that signs', () => {
  const write = (name: string, pem: string | Buffer) => {
    const file = path.join(test.folder, name);
    writeFileSync(file, pem);
    return file;
  };
  it('must be there', async () => {
    const file = path.join(test.folder, 'nowhere.pem');
    await expect(loadRecordSigner({ id: '1', file })).rejects.toThrow(
      /RECORD_SIGNING_KEY_FILE.*openssl genpkey/,
    );
  });
  it('must be of the right kind', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const file = write('p384.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await expect(loadRecordSigner({ id: '1', file })).rejects.toThrow('not an ECDSA key on P-256');
    await expect(loadRecordSigner({ id: '1', file: write('junk.pem', 'junk') })).rejects.toThrow();
  });
});
