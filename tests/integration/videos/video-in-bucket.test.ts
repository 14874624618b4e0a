import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { runDueJobs } from '#lib/server/jobs/run-jobs.ts';
import { listVideos } from '#lib/server/videos/list-videos.ts';
import { openMediaFile } from '#lib/server/videos/open-media-file.ts';
import { segmentKey } from '#lib/server/media/segment-key.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { findMissing } from '#lib/server/storage/find-missing.ts';
import { findOrphans } from '#lib/server/storage/find-orphans.ts';
import { makeAdministrator } from '../../support/drafts.ts';
import { startS3Server, type S3Server } from '../../support/s3-server.ts';
import { makeVideoFolder } from '../../support/small-videos.ts';
import { decryptSegment, masterSecretOf, readStoredVideo } from '../../support/stored-video.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { browserOf } from '../../support/uploads.ts';

const videos = makeVideoFolder();
let s3: S3Server;
let test: TestApp;
let administrator: Administrator;
beforeAll(async () => {
  s3 = await startS3Server();
  test = await makeTestApp({ env: s3.env });
  await seedCommissions(test.app);
  administrator = await makeAdministrator(test.app);
});
afterAll(async () => {
  videos.remove();
  await test.close();
  await s3.remove();
});

async function count(found: AsyncIterable<unknown>): Promise<number> {
  let total = 0;
  for await (const _ of found) total += 1;
  return total;
}

describe('a video whose files are in a bucket', () => {
  it('goes from the browser through the worker to a learner’s player, and nothing of it stays on this machine', async () => {
    const source = await readFile(await videos.make({ size: '320x180' }));
    const browser = browserOf(test.app, administrator);
    const where = await browser.announce(source.length);
    const half = Math.floor(source.length / 2);
    await browser.sendPart(where, 0, source.subarray(0, half));
    expect(await browser.ask(where)).toBe(half);
    await browser.sendPart(where, half, source.subarray(half));
    await runDueJobs(test.app);
    const [video] = await listVideos(test.app, administrator);
    expect(video).toMatchObject({ state: 'ready', sourceBytes: source.length });
    const { id } = video!;

    const playlist = await openMediaFile(test.app, id, 'master.m3u8');
    expect(playlist?.contentType).toBe('application/vnd.apple.mpegurl');
    expect((await buffer(playlist!.stream)).toString()).toContain('#EXTM3U');
    const [rung] = (await readStoredVideo(test.app, id)).rungs;
    const segment = await openMediaFile(test.app, id, `${rung!.side}/0.m4s`);
    expect(await buffer(segment!.stream)).toHaveLength(segment!.bytes);
    const key = segmentKey(await masterSecretOf(test.app, id), id, 0);
    expect((await decryptSegment(test.app, rung!.segments[0]!, key)).includes('moof')).toBe(true);
    expect(await openMediaFile(test.app, id, `${rung!.side}/999.m4s`)).toBeUndefined();

    expect(readdirSync(path.join(test.app.config.dataDir, 'work'))).toEqual([]);
    expect(readdirSync(test.app.config.dataDir)).toEqual(['work']);
    const soon = new Date(Date.now() + 60_000);
    expect(await count(findOrphans(test.app, soon))).toBe(0);
    expect(await count(findMissing(test.app, soon))).toBe(0);
  });
});
