import { spawnSync } from 'node:child_process';
import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { importVideoFile } from '#lib/server/videos/import-video-file.ts';
import { findMissing } from '#lib/server/storage/find-missing.ts';
import { findOrphans } from '#lib/server/storage/find-orphans.ts';
import { filesFolder } from '#lib/server/storage/open-storage.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { makeAdministrator, makeVideo } from '../../support/drafts.ts';
import { makeVideoFolder } from '../../support/small-videos.ts';
import { listStored } from '../../support/stored-files.ts';
import { environmentOf, makeTestApp, type TestApp } from '../../support/test-app.ts';
import { browserOf } from '../../support/uploads.ts';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const videos = makeVideoFolder();
let test: TestApp;
let administrator: Administrator;
beforeAll(async () => {
  test = await makeTestApp();
  await seedCommissions(test.app);
  administrator = await makeAdministrator(test.app);
});
afterAll(async () => {
  videos.remove();
  await test.close();
});

const soon = () => new Date(Date.now() + 60_000);
const hourAgo = () => new Date(Date.now() - 3_600_000);
async function keysOf(found: AsyncIterable<{ readonly key: string }>): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of found) keys.push(key);
  return keys.sort();
}

describe('files in storage and the rows that refer to them', () => {
  it('belong together: sources, unfinished uploads, media, and what stands beside them', async () => {
    const videoId = await importVideoFile(test.app, administrator, {
      path: await videos.write('a.mp4', 'not yet looked at'),
      title: '題',
    });
    await test.app.storage.write(`media/${videoId}/360/0.m4s`, Buffer.from('being made'));
    const browser = browserOf(test.app, administrator);
    await browser.sendPart(await browser.announce(1_000), 0, Buffer.alloc(300));
    await browser.sendPart(await browser.announce(300), 0, Buffer.alloc(300));
    expect(await keysOf(findOrphans(test.app, soon()))).toEqual([]);
  });

  it('are orphans when no row refers to them, once they are old enough', async () => {
    const keys = [
      `media/${UNKNOWN}/360/0.m4s`,
      'media/odd/name',
      'photos/nobody.jpg',
      `portraits/${UNKNOWN}/x.png`,
      'uploads/00000000000000000000000000000000',
      'uploads/00000000000000000000000000000000.json',
    ];
    for (const key of keys) await test.app.storage.write(key, Buffer.from('left'));
    expect(await keysOf(findOrphans(test.app, hourAgo()))).toEqual([]);
    expect(await keysOf(findOrphans(test.app, soon()))).toEqual(keys);

    const ready = await makeVideo(test.app, administrator, 60_000);
    const mediaPrefix = `media/${ready}/the-try-that-succeeded`;
    await test.app.db.updateTable('video').set({ mediaPrefix }).where('id', '=', ready).execute();
    await test.app.storage.write(`${mediaPrefix}/master.m3u8`, Buffer.from('kept'));
    expect(await keysOf(findOrphans(test.app, soon()))).toEqual(keys);
    const former = `media/${ready}/a-try-that-was-killed/0.m4s`;
    await test.app.storage.write(former, Buffer.from('left'));
    expect(await keysOf(findOrphans(test.app, soon()))).toEqual([...keys, former].sort());
  });

  it('are missing when a row relies on them', async () => {
    const videoId = await makeVideo(test.app, administrator, 60_000);
    const { sourceKey } = await test.app.db
      .selectFrom('video')
      .where('id', '=', videoId)
      .select('sourceKey')
      .executeTakeFirstOrThrow();
    const missing = await keysOf(findMissing(test.app, soon()));
    expect(missing).toEqual(expect.arrayContaining([`media/${videoId}/master.m3u8`, sourceKey]));
  });
});

describe('npm run storage:orphans', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['scripts/storage-orphans.ts', ...args], {
      env: { ...process.env, ...environmentOf(test.app) },
      encoding: 'utf8',
    });

  it('leaves young files alone, deletes nothing unasked, and says so with its exit code', async () => {
    const orphans = (await keysOf(findOrphans(test.app, soon()))).length;
    expect(orphans).toBeGreaterThan(0);
    const looked = run('--no-missing');
    expect(looked.stdout).toContain('Orphans: 0 files, 0 bytes');
    expect(looked.status).toBe(0);
    expect(run('--older-than-hours', '0').status).toBe(2);
    expect((await keysOf(findOrphans(test.app, soon()))).length).toBe(orphans);
    expect(run('--delete').stdout).toContain('Missing: ');
    expect((await keysOf(findOrphans(test.app, soon()))).length).toBe(orphans);
  });

  it('deletes what is old and nobody’s when it is asked to, and nothing else', async () => {
    const old = new Date(Date.now() - 48 * 3_600_000);
    const orphans = await keysOf(findOrphans(test.app, soon()));
    const all = (await listStored(test.app.storage, 'uploads')).map(({ key }) => key);
    for (const key of [...orphans, ...all])
      await utimes(path.join(filesFolder(test.app.config), key), old, old);
    const looked = run('--no-missing');
    expect(looked.status).toBe(1);
    expect(looked.stdout).toContain(
      `Orphans: ${orphans.length} files, ${orphans.length * 4} bytes; deleted: 0 files`,
    );
    const deleted = run('--delete', '--no-missing');
    expect(deleted.status).toBe(0);
    expect(deleted.stdout).toContain(`deleted: ${orphans.length} files, ${orphans.length * 4} bytes`);
    expect(await keysOf(findOrphans(test.app, soon()))).toEqual([]);
    const left = (await listStored(test.app.storage, 'uploads')).map(({ key }) => key);
    expect(left).toEqual(all.filter((key) => !orphans.includes(key)));
  });
});
