import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { createApp, type App } from '#lib/server/app.ts';
import { discardUpload } from '#lib/server/videos/discard-upload.ts';
import { listUploads } from '#lib/server/videos/list-uploads.ts';
import { listVideos } from '#lib/server/videos/list-videos.ts';
import { sweepUploads } from '#lib/server/videos/sweep-uploads.ts';
import { uploadPlaceOf } from '#lib/server/videos/upload-place.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { makeAdministrator } from '../../support/drafts.ts';
import { startS3Server, type S3Server } from '../../support/s3-server.ts';
import { listStored } from '../../support/stored-files.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { browserOf } from '../../support/uploads.ts';

const DAY_MS = 24 * 3_600_000;
const MEGABYTE = 1024 * 1024;

let s3: S3Server;
beforeAll(async () => {
  s3 = await startS3Server();
});
afterAll(() => s3.remove());

describe.each([
  { store: 'a folder', env: () => ({}) },
  { store: 'a bucket', env: () => s3.env },
])('uploads into $store', ({ env }) => {
  let test: TestApp;
  let other: App;
  let administrator: Administrator;
  let colleague: Administrator;
  beforeAll(async () => {
    test = await makeTestApp({ env: env() });
    await seedCommissions(test.app);
    administrator = await makeAdministrator(test.app);
    colleague = await makeAdministrator(test.app, 'kanagawa', '森 恵');
    other = await createApp(test.app.config, { clock: test.clock });
  });
  afterAll(async () => {
    await other.close();
    await test.close();
  });
  const here = () => browserOf(test.app, administrator);
  const idOf = (where: string) => where.slice('/uploads/'.length);
  const mine = () => listUploads(test.app, administrator);
  const audited = async (id: string) => {
    const events = await test.app.db
      .selectFrom('auditEvent')
      .where('subjectId', '=', id)
      .select('what')
      .execute();
    return events.map(({ what }) => what);
  };
  const storedOf = async (id: string) =>
    (await listStored(test.app.storage, 'uploads')).filter(({ key }) => key.includes(id));
  const sendingsOf = async (id: string) => {
    // Those that a sweep would take if nobody went on with them.
    const { nameOf, datastore } = uploadPlaceOf(test.app);
    return datastore.getUpload(nameOf(id)).then(
      ({ offset }) => offset,
      () => 'gone',
    );
  };

  it('go on from another process where the first stopped, byte for byte', async () => {
    const content = randomBytes(13 * MEGABYTE + 5);
    const where = await here().announce(content.length, '雨の日の運転');
    await here().sendPart(where, 0, content.subarray(0, 6 * MEGABYTE));
    const [unfinished] = await mine();
    expect(unfinished).toMatchObject({
      id: idOf(where),
      title: '雨の日の運転',
      fileName: '第1章.mp4',
      bytes: content.length,
      receivedBytes: 6 * MEGABYTE,
      fileModifiedMs: 1_700_000_000_000,
    });
    expect(await listUploads(test.app, colleague)).toEqual([]);

    const elsewhere = browserOf(other, administrator);
    expect(await elsewhere.ask(where)).toBe(6 * MEGABYTE);
    await elsewhere.sendPart(where, 6 * MEGABYTE, content.subarray(6 * MEGABYTE, 6 * MEGABYTE + 10));
    expect(await here().ask(where)).toBe(6 * MEGABYTE + 10);
    await here().sendPart(where, 6 * MEGABYTE + 10, content.subarray(6 * MEGABYTE + 10));
    expect(await mine()).toEqual([]);
    expect(content.equals(await test.app.storage.read(`uploads/${idOf(where)}`))).toBe(true);
    const titled = () =>
      listVideos(test.app, administrator).then((videos) =>
        videos.filter(({ title }) => title === '雨の日の運転'),
      );
    expect(await titled()).toHaveLength(1);
    await elsewhere.ask(where);
    expect(await titled()).toHaveLength(1);
  });

  it('are taken back by who began them, and by nobody else', async () => {
    const where = await here().announce(1_000, '取りやめ');
    const id = idOf(where);
    await here().sendPart(where, 0, randomBytes(300));
    await expect(discardUpload(test.app, colleague, id)).rejects.toMatchObject({ code: 'not_found' });
    await discardUpload(test.app, administrator, id);
    expect(await mine()).toEqual([]);
    expect(await storedOf(id)).toEqual([]);
    expect(await here().ask(where)).toBe(-404);
    expect(await browserOf(other, administrator).ask(where)).toBe(-404);
    expect(await audited(id)).toEqual(['upload.discarded']);
    await expect(discardUpload(test.app, administrator, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are taken back by the browser too', async () => {
    const where = await here().announce(1_000, '取りやめ');
    expect((await here().send('DELETE', where)).status).toBe(204);
    expect(await mine()).toEqual([]);
    expect(await storedOf(idOf(where))).toEqual([]);
    expect(await audited(idOf(where))).toEqual(['upload.discarded']);
  });

  it('cannot be taken back once they are videos', async () => {
    const content = randomBytes(700);
    const where = await here().announce(content.length, '届いた');
    await here().sendPart(where, 0, content);
    await expect(discardUpload(test.app, administrator, idOf(where))).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await test.app.storage.read(`uploads/${idOf(where)}`)).toEqual(content);
  });

  it('are swept a week after the last part, but not while somebody writes, and not before', async () => {
    const forgotten = await here().announce(1_000, '忘れた');
    const busy = await here().announce(1_000, '書いている');
    await here().sendPart(forgotten, 0, randomBytes(300));
    test.clock.advance(4 * DAY_MS);
    const young = await here().announce(1_000, 'まだ新しい');
    expect(await sweepUploads(test.app)).toBe(0);
    test.clock.advance(4 * DAY_MS);

    const giveBack = await uploadPlaceOf(other).locks.tryTake(idOf(busy));
    expect(await sweepUploads(test.app)).toBe(1);
    await giveBack?.();
    expect((await mine()).map(({ title }) => title).sort()).toEqual(['まだ新しい', '書いている']);
    expect(await storedOf(idOf(forgotten))).toEqual([]);
    expect(await sendingsOf(idOf(forgotten))).toBe('gone');
    expect(await audited(idOf(forgotten))).toEqual(['upload.swept']);
    expect(await sweepUploads(other)).toBe(1);
    expect(await here().ask(busy)).toBe(-404);
    await discardUpload(test.app, administrator, idOf(young));
  });

  it('are written by one at a time: another process that wants to asks the first to stop', async () => {
    const id = 'a'.repeat(32);
    const first = uploadPlaceOf(test.app).locks;
    const second = uploadPlaceOf(other).locks;
    const asked = Promise.withResolvers<undefined>();
    const held = first.newLock(id);
    await held.lock(new AbortController().signal, () => asked.resolve(undefined));
    expect(await first.tryTake(id)).toBeUndefined();
    expect(await second.tryTake(id)).toBeUndefined();

    const wanted = second.newLock(id);
    const got = wanted.lock(new AbortController().signal, () => undefined);
    await asked.promise;
    await held.unlock();
    await got;
    expect(await first.tryTake(id)).toBeUndefined();
    await wanted.unlock();
    const again = await first.tryTake(id);
    expect(again).toBeDefined();
    await again?.();
  });

  it('tell who writes to stop when the connection that holds the lock breaks', async () => {
    const asked = Promise.withResolvers<undefined>();
    const { locks } = uploadPlaceOf(other);
    const giveBack = await locks.tryTake('b'.repeat(32), () => asked.resolve(undefined));
    await test.app.pool.query(
      "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
    );
    await asked.promise;
    await giveBack?.();
    const next = await uploadPlaceOf(test.app).locks.tryTake('b'.repeat(32));
    expect(next).toBeDefined();
    await next?.();
  });
});

describe('a disk', () => {
  it('is not promised more often than it is there', async () => {
    const test = await makeTestApp();
    await seedCommissions(test.app);
    const administrator = await makeAdministrator(test.app);
    const { announce } = browserOf(test.app, administrator);
    const free = (await test.app.storage.freeBytes()) ?? 0;
    const fits = Math.ceil(free / LIMITS.uploadMaxBytes) + 1;
    const announceAll = async () => {
      for (let count = 0; count < fits; count += 1) await announce(LIMITS.uploadMaxBytes, '大きな動画');
    };
    await expect(announceAll()).rejects.toMatchObject({
      code: 'upload_no_space',
      detail: { gigabytes: expect.any(Number) as number },
    });
    await test.close();
  });
});
