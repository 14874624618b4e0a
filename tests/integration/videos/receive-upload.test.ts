import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { listVideos } from '#lib/server/videos/list-videos.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { makeAdministrator } from '../../support/drafts.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { browserOf, uploadMetadata } from '../../support/uploads.ts';

let test: TestApp;
let administrator: Administrator;
let colleague: Administrator;
let stranger: Administrator;
beforeAll(async () => {
  test = await makeTestApp();
  await seedCommissions(test.app);
  administrator = await makeAdministrator(test.app);
  colleague = await makeAdministrator(test.app, 'kanagawa', '森 恵');
  stranger = await makeAdministrator(test.app, 'chiba', '林 誠');
});
afterAll(() => test.close());

const as = (actor: Administrator) => browserOf(test.app, actor);
const send = (...request: Parameters<ReturnType<typeof browserOf>['send']>) =>
  as(administrator).send(...request);
const announce = (...file: Parameters<ReturnType<typeof browserOf>['announce']>) =>
  as(administrator).announce(...file);
const sendPart = (where: string, offset: number, part: Uint8Array, actor = administrator) =>
  as(actor).sendPart(where, offset, part);

const videosOf = (actor: Administrator) => listVideos(test.app, actor);
const jobs = async () => (await test.app.pool.query('select 1 from graphile_worker.jobs')).rowCount;

const CONTENT = Buffer.from('これは動画のつもりです。'.repeat(100));

describe('an administrator uploads a video in parts', () => {
  it('and it becomes a video with a job when the last byte is there', async () => {
    const before = (await jobs()) ?? 0;
    const where = await announce(CONTENT.length);
    expect(where).toMatch(/^\/uploads\/[0-9a-f]{32}$/);
    const first = await sendPart(where, 0, CONTENT.subarray(0, 1_000));
    expect(first.headers.get('upload-offset')).toBe('1000');
    expect(await videosOf(administrator)).toEqual([]);

    const last = await sendPart(where, 1_000, CONTENT.subarray(1_000));
    expect(last.status).toBe(204);
    const [video] = await videosOf(administrator);
    expect(video).toMatchObject({
      title: '歩行者の優先',
      fileName: '第1章.mp4',
      sourceBytes: CONTENT.length,
      state: 'waiting',
    });
    expect(await jobs()).toBe(before + 1);
    expect(await test.app.storage.read(where.slice(1))).toEqual(CONTENT);
  });

  it('and goes on another day where the line broke', async () => {
    const where = await announce(CONTENT.length, '雨の日の運転');
    await sendPart(where, 0, CONTENT.subarray(0, 700));
    test.clock.advance(3 * 24 * 3_600_000);
    const asked = await send('HEAD', where);
    expect([asked.status, asked.headers.get('upload-offset')]).toEqual([200, '700']);
    await sendPart(where, 700, CONTENT.subarray(700));
    expect((await videosOf(administrator)).map(({ title }) => title)).toContain('雨の日の運転');
  });

  it('and a part that is sent twice is not written twice', async () => {
    const where = await announce(CONTENT.length, '二度送る');
    await sendPart(where, 0, CONTENT.subarray(0, 700));
    expect((await sendPart(where, 0, CONTENT.subarray(0, 700))).status).toBe(409);
    expect((await send('HEAD', where)).headers.get('upload-offset')).toBe('700');
  });

  it('and more than was announced is not taken', async () => {
    const where = await announce(10);
    const tooMuch = sendPart(where, 0, CONTENT);
    expect((await tooMuch).status).toBeGreaterThanOrEqual(400);
    expect((await videosOf(administrator)).every(({ sourceBytes }) => sourceBytes !== 10)).toBe(true);
  });

  it('and takes it back before it is complete, but not afterwards', async () => {
    const where = await announce(CONTENT.length, '取りやめ');
    expect((await send('DELETE', where)).status).toBe(204);
    expect((await send('HEAD', where)).status).toBe(404);

    const finished = await announce(CONTENT.length, '終わった');
    await sendPart(finished, 0, CONTENT);
    expect((await send('DELETE', finished)).status).toBe(400);
  });

  it('and a repeated question after the end makes no second video', async () => {
    const where = await announce(CONTENT.length, '一つだけ');
    await sendPart(where, 0, CONTENT);
    await send('HEAD', where);
    expect((await videosOf(administrator)).filter(({ title }) => title === '一つだけ')).toHaveLength(1);
  });

  it('and the video is made even if the server died between the last byte and the answer', async () => {
    const where = await announce(CONTENT.length, '途中で停止');
    const row = await test.app.db
      .selectFrom('upload')
      .selectAll()
      .where('title', '=', '途中で停止')
      .executeTakeFirstOrThrow();
    await sendPart(where, 0, CONTENT);
    await test.app.db.deleteFrom('video').where('title', '=', '途中で停止').execute();
    await test.app.db.insertInto('upload').values(row).execute();
    await send('HEAD', where);
    expect((await videosOf(administrator)).map(({ title }) => title)).toContain('途中で停止');
  });
});

describe('what is not taken', () => {
  const announcing = (length: string, title = '題', fileName = 'a.mp4') =>
    send('POST', '/uploads', { 'upload-length': length, 'upload-metadata': uploadMetadata(title, fileName) });

  it('is an empty file, one above 20 GB, and one without a title or a size', async () => {
    await expect(announcing('0')).rejects.toMatchObject({ code: 'upload_empty' });
    await expect(announcing(String(LIMITS.uploadMaxBytes + 1))).rejects.toMatchObject({
      code: 'upload_too_large',
    });
    await expect(announcing('10', ' ')).rejects.toMatchObject({
      code: 'malformed',
      detail: { field: 'title' },
    });
    const sizeless = { 'upload-defer-length': '1', 'upload-metadata': uploadMetadata('題', 'a.mp4') };
    await expect(send('POST', '/uploads', sizeless)).rejects.toMatchObject({ code: 'malformed' });
  });

  it('is a part for somebody else’s upload: to others it is not there at all', async () => {
    const where = await announce(CONTENT.length, '私のもの');
    for (const other of [colleague, stranger]) {
      await expect(sendPart(where, 0, CONTENT, other)).rejects.toMatchObject({ code: 'not_found' });
      await expect(as(other).send('HEAD', where)).rejects.toMatchObject({ code: 'not_found' });
      await expect(as(other).send('DELETE', where)).rejects.toMatchObject({ code: 'not_found' });
    }
    expect((await send('HEAD', where)).headers.get('upload-offset')).toBe('0');
  });

  it('is an upload that names its owner itself', async () => {
    const forged = `${uploadMetadata('題', 'a.mp4')},owner ${btoa(colleague.officerId)}`;
    const response = await send('POST', '/uploads', { 'upload-length': '10', 'upload-metadata': forged });
    const where = response.headers.get('location') ?? '';
    await expect(as(colleague).send('HEAD', where)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is anything outside the folder of uploads', async () => {
    for (const where of ['/uploads/..%2f..%2fwork', '/uploads/..', '/uploads/nothing']) {
      expect((await send('HEAD', where)).status).toBe(404);
    }
  });
});

describe('the list of videos', () => {
  it('shows those of the own commission, whoever uploaded them, and no other’s', async () => {
    expect((await videosOf(colleague)).length).toBe((await videosOf(administrator)).length);
    expect(await videosOf(stranger)).toEqual([]);
  });
});
