import { writeFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRecordNumber } from '#lib/domain/records/record-number.ts';
import { personCheck } from '#lib/proof/person-check.ts';
import { verifyProof } from '#lib/proof/proof.ts';
import { getOwnRecord } from '#lib/server/records/get-own-record.ts';
import { isRecordIntact } from '#lib/server/records/is-record-intact.ts';
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
  it('has a number, and a signed proof that names no person', async () => {
    const driverId = people.driverIds.get('hanako')!;
    const { recordNumber, attendanceId } = await takeLecture(test.app, { driverId, lecture });
    expect(parseRecordNumber(recordNumber!)).toBe(recordNumber);
    const row = await test.app.db
      .selectFrom('completionRecord')
      .select(['proof', 'signingKeyId', 'state', 'version'])
      .where('attendanceId', '=', attendanceId)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ state: 'issued', version: 1, signingKeyId: '1' });
    const { keys } = test.app.recordSigner;
    const now = test.clock.now();
    expect(await verifyProof(row.proof!, { keys, revoked: new Set(), now })).toEqual({
      kind: 'valid',
      keyId: '1',
      claims: {
        recordNumber,
        attendanceId,
        lectureClass: 'excellent',
        periodStart: '2026-11-01',
        periodEnd: '2027-01-04',
        issuedAt: new Date('2026-11-22T03:00:00Z'),
        editionNumber: 1,
        commissionCode: 'kanagawa',
        personCheck: await personCheck(recordNumber!, '990000000001'),
      },
    });
  });

  it('is seen by its learner alone, with the fees and whom to call', async () => {
    expect(await getOwnRecord(test.app, people.learner('hanako'))).toMatchObject({
      state: 'issued',
      standing: 'issued',
      isOpen: true,
      lastDay: '2027-01-04',
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
  const write = (name: string, text: string | Buffer) => {
    const file = path.join(test.folder, name);
    writeFileSync(file, text);
    return file;
  };
  const newKey = (name: string, namedCurve = 'P-256') => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve });
    return write(name, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  };
  const load = (file: string, id = '1', oldKeysFile: string | null = null) =>
    loadRecordSigner({ id, file, oldKeysFile });

  it('must be there', async () => {
    await expect(load(path.join(test.folder, 'nowhere.pem'))).rejects.toThrow(
      /RECORD_SIGNING_KEY_FILE.*openssl genpkey/,
    );
  });
  it('must be of the right kind', async () => {
    await expect(load(newKey('p384.pem', 'P-384'))).rejects.toThrow('not an ECDSA key on P-256');
    await expect(load(write('junk.pem', 'junk'))).rejects.toThrow();
  });

  it('can be changed, and what the former one signed stays good as long as it is named', async () => {
    const first = await load(newKey('first.pem'), '2026');
    const oldKeys = write('old-keys.json', JSON.stringify({ keys: first.keys }));
    const second = await load(newKey('second.pem'), '2027', oldKeys);
    expect(second.keys.map(({ kid }) => kid)).toEqual(['2027', '2026']);

    const driverId = people.driverIds.get('hanako')!;
    const period = { periodStart: '2021-11-01', periodEnd: '2027-01-04' };
    const signedByFirst = { ...test.app, recordSigner: first };
    const { attendanceId } = await takeLecture(signedByFirst, { driverId, lecture, ...period });
    const record = await test.app.db
      .selectFrom('completionRecord')
      .select([
        'recordNumber',
        'attendanceId',
        'periodStart',
        'periodEnd',
        'issuedAt',
        'proof',
        'signingKeyId',
      ])
      .select('lectureClass')
      .$narrowType<{ lectureClass: 'excellent' }>()
      .where('attendanceId', '=', attendanceId)
      .executeTakeFirstOrThrow();
    const person = { licenceNumber: '990000000001' };
    expect(await isRecordIntact({ recordSigner: second }, record, person)).toBe(true);
    const forgetful = await load(newKey('third.pem'), '2027');
    expect(await isRecordIntact({ recordSigner: forgetful }, record, person)).toBe(false);
  });

  it('must not take the id of a former one, and the former ones must be keys', async () => {
    const first = await load(newKey('first.pem'), '2026');
    const oldKeys = write('old-keys.json', JSON.stringify({ keys: first.keys }));
    await expect(load(newKey('second.pem'), '2026', oldKeys)).rejects.toThrow(
      '2026 is the id of a former key',
    );
    for (const junk of [
      'junk',
      '{}',
      JSON.stringify({ keys: [...first.keys, ...first.keys] }),
      JSON.stringify({ keys: first.keys.map((key) => ({ ...key, crv: 'P-384' })) }),
      JSON.stringify({ keys: first.keys.map((key) => ({ ...key, x: key.y })) }),
    ]) {
      const file = write('junk.json', junk);
      await expect(load(newKey('second.pem'), '2027', file)).rejects.toThrow('no set of public keys');
    }
  });
});
