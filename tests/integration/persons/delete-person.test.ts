import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deletePerson } from '#lib/server/persons/delete-person.ts';
import { exportPerson } from '#lib/server/persons/export-person.ts';
import { openFacePhoto } from '#lib/server/records/open-counter-picture.ts';
import { openCounterDesk, type CounterDesk } from '../../support/counter-desk.ts';
import { dumpDatabase, LAPSED_ON, leaveTraces } from '../../support/person-traces.ts';
import { listStored } from '../../support/stored-files.ts';
import { environmentOf } from '../../support/test-app.ts';

const HANAKO = '990000000001';
const MAKOTO = '990000000003';

let desk: CounterDesk;
let folder: string;
beforeAll(async () => {
  desk = await openCounterDesk();
  // Others of the register live in her house.
  await desk.db
    .updateTable('driver')
    .set({ address: '横浜市泉区ひとりだけ町9-9-9' })
    .where('licenceNumber', '=', HANAKO)
    .execute();
  folder = mkdtempSync(path.join(tmpdir(), 'koshu-person-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await desk.close();
});

const driverOf = (licenceNumber: string) =>
  desk.db
    .selectFrom('driver')
    .where('licenceNumber', '=', licenceNumber)
    .select(['id', 'name', 'address', 'birthDate', 'licenceNumber', 'portraitKey'])
    .executeTakeFirstOrThrow();

const runScript = (name: string, ...options: string[]) =>
  spawnSync('node', [`scripts/${name}.ts`, ...options], {
    env: { ...process.env, ...environmentOf(desk.app) },
    encoding: 'utf8',
  });

describe('what Koshu holds of a person', () => {
  it('is exported whole: every table that refers to him, and his pictures in clear', async () => {
    const { id, name } = await driverOf(HANAKO);
    await leaveTraces(desk, id, name);
    const before = await desk.lastAuditId();
    const { data, pictures } = await exportPerson(desk.app, HANAKO);
    expect(data.driver).toMatchObject([{ name, licence_number: HANAKO }]);
    expect(JSON.stringify(data)).toContain(`${name}さんの住民票で確認`);
    expect(pictures.map((picture) => picture.name)).toEqual([
      'portrait.png',
      expect.stringMatching(/^photo-.*-chapter-1\.jpg$/),
      expect.stringMatching(/^photo-.*-chapter-2\.jpg$/),
    ]);
    expect(pictures[1]!.bytes).toEqual(desk.photo);
    expect((await desk.auditedAfter(before)).map(({ what }) => what)).toEqual(['person.exported']);

    const { rows } = await sql<{ name: string }>`
      select distinct table_name as name from information_schema.columns
       where table_schema = 'public' and column_name in ('driver_id', 'attendance_id', 'record_id', 'decision_id')`.execute(
      desk.db,
    );
    expect(Object.keys(data)).toEqual(expect.arrayContaining(rows.map((table) => table.name)));
    expect(JSON.stringify(data)).not.toContain('session_id_sha256');
  });

  it('is written by the command into a folder that only its owner can open', async () => {
    const to = path.join(folder, 'hanako');
    const { status, stdout } = runScript('person-export', '--licence', '9900-0000-0001', '--to', to);
    expect(stdout).toContain('person.json and 3 pictures');
    expect(status).toBe(0);
    expect(statSync(to).mode & 0o777).toBe(0o700);
    expect(JSON.parse(readFileSync(path.join(to, 'person.json'), 'utf8'))).toHaveProperty(
      'completion_record',
    );
    expect(runScript('person-export', '--licence', '123456789012').status).toBe(1);
  });
});

describe('a person who is to be taken out', () => {
  it('stays as long as a lecture of his is in its period, unless the operator insists', async () => {
    await desk.beginLecture('makoto');
    await expect(deletePerson(desk.app, { licenceNumber: MAKOTO, isAnyway: false })).rejects.toMatchObject({
      name: 'PersonNeeded',
    });
    const { status, stderr } = runScript('person-delete', '--licence', MAKOTO, '--yes');
    expect([status, stderr]).toEqual([1, expect.stringContaining('--anyway')]);
    expect(await driverOf(MAKOTO)).toMatchObject({ licenceNumber: MAKOTO });
  });

  it('stays when the number that is typed again is another', async () => {
    const { status } = spawnSync('node', ['scripts/person-delete.ts', '--licence', MAKOTO, '--anyway'], {
      env: { ...process.env, ...environmentOf(desk.app) },
      input: '990000000004\n',
    });
    expect(status).toBe(1);
    expect(await driverOf(MAKOTO)).toMatchObject({ licenceNumber: MAKOTO });
  });

  it('is in no table afterwards, by name, number, address or birth date, and no picture of him is in storage', async () => {
    const { id, name, address, birthDate, portraitKey } = await driverOf(HANAKO);
    const photos = await desk.db
      .selectFrom('facePhoto as p')
      .innerJoin('attendance as a', 'a.id', 'p.attendanceId')
      .where('a.driverId', '=', id)
      .select(['p.id', 'p.storageKey'])
      .execute();
    const former = await dumpDatabase(desk);
    const traces = [name, HANAKO, address, birthDate, `sub-${id}`, LAPSED_ON];
    expect(traces.filter((trace) => !former.includes(trace))).toEqual([]);

    // Cut off between the pictures and the last step: the same command finishes it.
    const { storage } = desk.app;
    const remove = (key: string) =>
      key === portraitKey ? Promise.reject(new Error('cut off')) : storage.remove(key);
    const cutOff = { ...desk.app, storage: { ...storage, remove } };
    const person = { licenceNumber: HANAKO, isAnyway: true };
    await expect(deletePerson(cutOff, person)).rejects.toThrow('cut off');
    expect(await deletePerson(desk.app, person)).toEqual({ driverId: id, photos: 0 });

    const dump = await dumpDatabase(desk);
    expect(traces.filter((trace) => dump.includes(trace))).toEqual([]);
    expect(dump).not.toContain(name.replace(' ', ''));
    const keys = new Set([...photos.map(({ storageKey }) => storageKey), portraitKey]);
    const stored = [...(await listStored(storage, 'photos')), ...(await listStored(storage, 'portraits'))];
    expect(stored.filter(({ key }) => keys.has(key))).toEqual([]);
    await expect(openFacePhoto(desk.app, desk.mori, photos[0]!.id)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(deletePerson(desk.app, person)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('leaves ledgers, a voided record and the trail, with an id that means nobody', async () => {
    const driver = await desk.db
      .selectFrom('driver')
      .where('deletedAt', 'is not', null)
      .select(['id', 'name', 'licenceNumber'])
      .executeTakeFirstOrThrow();
    expect(driver).toEqual({ id: driver.id, name: '削除済み', licenceNumber: `deleted-${driver.id}` });
    const records = await desk.db
      .selectFrom('completionRecord')
      .where('driverId', '=', driver.id)
      .select(['state', 'proof', 'attendanceId'])
      .execute();
    expect(records.map(({ state, proof }) => [state, proof])).toEqual([['voided', null]]);
    const ledger = desk.db.selectFrom('watchedInterval').where('attendanceId', '=', records[0]!.attendanceId);
    expect(await ledger.select('id').execute()).toHaveLength(2);
    const trail = desk.db.selectFrom('auditEvent').where('subjectId', '=', driver.id).select('what');
    expect((await trail.execute()).map(({ what }) => what)).toContain('person.deleted');
  });
});

describe('what an officer wrote about an act', () => {
  it('cannot be changed, not even emptied, of a person who is still there', async () => {
    const recordNumber = await desk.newRecord('akiko');
    await desk.accept(recordNumber, 1, desk.mori, 'はじめの文');
    for (const detail of ['{"note": ""}', '{"note": "あとの文"}', '{}'])
      await expect(sql`update counter_act set detail = ${detail}::jsonb`.execute(desk.db)).rejects.toThrow(
        'append-only',
      );
    await expect(sql`delete from counter_act`.execute(desk.db)).rejects.toThrow('append-only');
  });

  it('cannot be anything but emptied of one who has been taken out', async () => {
    const ofDeleted = sql`record_id in (select r.id from completion_record r join driver d on d.id = r.driver_id
                                         where d.deleted_at is not null)`;
    for (const change of [sql`detail = '{"note": "x"}'`, sql`kind = 'rejected'`, sql`reason = 'x'`])
      await expect(sql`update counter_act set ${change} where ${ofDeleted}`.execute(desk.db)).rejects.toThrow(
        'append-only',
      );
  });
});
