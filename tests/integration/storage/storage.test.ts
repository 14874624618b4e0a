import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStorage } from '#lib/server/storage/open-storage.ts';
import { StorageEnvironment } from '#lib/server/storage/settings.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import { listStored } from '../../support/stored-files.ts';
import { startS3Server, type S3Server } from '../../support/s3-server.ts';

const MEGABYTE = 1024 * 1024;
const folder = mkdtempSync(path.join(tmpdir(), 'koshu-storage-'));
let s3: S3Server;
beforeAll(async () => {
  s3 = await startS3Server();
});
afterAll(async () => {
  await s3.remove();
  rmSync(folder, { recursive: true, force: true });
});

const open = (env: Record<string, string>): Storage =>
  openStorage({ dataDir: path.join(folder, 'data'), storage: StorageEnvironment.parse(env) });

const workingFolder = (): string => mkdtempSync(path.join(folder, 'work-'));
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe.each([
  { store: 'a folder', make: () => open({}) },
  { store: 'a bucket', make: () => open(s3.env) },
])('files in $store', ({ make }) => {
  let storage: Storage;
  beforeAll(() => {
    storage = make();
  });
  const contentOf = async (key: string, range?: { first: number; last: number }) => {
    const opened = await storage.open(key, range);
    return opened && { ...opened, content: await buffer(opened.stream) };
  };
  const keysBelow = async (prefix: string) => (await listStored(storage, prefix)).map(({ key }) => key);

  it('are read as they were written, and replaced whole', async () => {
    await storage.write('photos/one.jpg', Buffer.from('はじめ'));
    expect(await storage.read('photos/one.jpg')).toEqual(Buffer.from('はじめ'));
    await storage.write('photos/one.jpg', Buffer.from('つぎ'));
    const opened = await contentOf('photos/one.jpg');
    expect(opened).toMatchObject({ bytes: 6, content: Buffer.from('つぎ') });
  });

  it('may have no bytes at all', async () => {
    await storage.write('photos/empty', Buffer.alloc(0));
    expect(await storage.find('photos/empty')).toMatchObject({ key: 'photos/empty', bytes: 0 });
    expect(await storage.read('photos/empty')).toHaveLength(0);
    const file = path.join(workingFolder(), 'nothing');
    await writeFile(file, '');
    await storage.writeFile('photos/empty-too', file);
    expect(await contentOf('photos/empty-too')).toMatchObject({ bytes: 0, content: Buffer.alloc(0) });
  });

  it('are opened in part: a last byte past the end is the end, and a part behind it is none', async () => {
    await storage.write('media/v/360/0.m4s', Buffer.from('0123456789'));
    const part = (first: number, last: number) => contentOf('media/v/360/0.m4s', { first, last });
    expect(await part(2, 5)).toMatchObject({ bytes: 4, content: Buffer.from('2345') });
    expect(await part(7, 7)).toMatchObject({ bytes: 1, content: Buffer.from('7') });
    expect(await part(8, 999)).toMatchObject({ bytes: 2, content: Buffer.from('89') });
    expect(await part(10, 20)).toBeUndefined();
  });

  it('that are not there are undefined, or a fault to whoever relies on them', async () => {
    expect(await storage.open('media/nothing')).toBeUndefined();
    expect(await storage.find('media/nothing')).toBeUndefined();
    await expect(storage.read('media/nothing')).rejects.toThrow();
    await expect(storage.fetchTo('media/nothing', workingFolder())).rejects.toThrow();
    await storage.remove('media/nothing');
    await storage.removeAll('media/nothing');
    expect(await keysBelow('media/nothing')).toEqual([]);
    expect(await storage.open('media')).toBeUndefined(); // a folder is no file
  });

  it.each([
    '',
    '/',
    '..',
    '../x',
    'a/../b',
    'a//b',
    '/a',
    'a/',
    '.partial/x',
    'a\0b',
    'あ',
    'a b',
    `${'a/'.repeat(300)}b`,
  ])('have no key like %j', async (key) => {
    await expect(async () => storage.write(key, Buffer.from('x'))).rejects.toThrow('not a storage key');
    await expect(async () => storage.open(key)).rejects.toThrow('not a storage key');
    await expect(async () => storage.removeAll(key)).rejects.toThrow('not a storage key');
  });

  it('are fetched whole for a program, and stay as they were when its folder goes', async () => {
    await storage.write('uploads/source', Buffer.from('a video'));
    const work = workingFolder();
    const file = await storage.fetchTo('uploads/source', work);
    expect(path.dirname(file)).toBe(work);
    expect(await readFile(file, 'utf8')).toBe('a video');
    expect(readdirSync(work)).toHaveLength(1);
    rmSync(work, { recursive: true });
    expect((await storage.read('uploads/source')).toString()).toBe('a video');
  });

  it('may be large: sent and fetched a piece at a time, byte for byte', async () => {
    const large = randomBytes(36 * MEGABYTE + 17);
    const file = path.join(workingFolder(), 'large');
    await writeFile(file, large);
    await storage.writeFile('uploads/large', file);
    expect(await storage.find('uploads/large')).toMatchObject({ bytes: large.length });
    const fetched = await readFile(await storage.fetchTo('uploads/large', workingFolder()));
    expect(sha256(fetched)).toBe(sha256(large));
    const segment = randomBytes(12 * MEGABYTE);
    await storage.write('media/v/1080/0.m4s', segment);
    expect(sha256((await contentOf('media/v/1080/0.m4s'))!.content)).toBe(sha256(segment));
  });

  it('written twice at once are one of the two, whole', async () => {
    const contents = Array.from({ length: 12 }, () => randomBytes(300_000));
    await Promise.all(contents.map((content) => storage.write('photos/contested', content)));
    const kept = sha256(await storage.read('photos/contested'));
    expect(contents.map(sha256)).toContain(kept);
    expect(await keysBelow('photos')).toContain('photos/contested');
  });

  it('are listed with size and time, below a prefix and not beside it', async () => {
    const before = Date.now() - 2_000;
    await storage.write('list/a/1', Buffer.from('x'));
    await storage.write('list/a/deep/2.m4s', Buffer.from('xx'));
    await storage.write('list/ab/3', Buffer.from('xxx'));
    expect(await keysBelow('list/a')).toEqual(['list/a/1', 'list/a/deep/2.m4s']);
    const [found] = await listStored(storage, 'list/ab');
    expect(found).toMatchObject({ key: 'list/ab/3', bytes: 3 });
    expect(found!.modifiedAt.getTime()).toBeGreaterThan(before);
  });

  it('go by the thousand, and only those below the prefix', async () => {
    const names = Array.from({ length: 1_100 }, (_, index) => `many/a/${index}.m4s`);
    for (let from = 0; from < names.length; from += 50) {
      await Promise.all(names.slice(from, from + 50).map((name) => storage.write(name, Buffer.from('x'))));
    }
    await storage.write('many/ab', Buffer.from('stays'));
    expect(await keysBelow('many/a')).toHaveLength(1_100);
    await storage.removeAll('many/a');
    expect(await keysBelow('many')).toEqual(['many/ab']);
  }, 60_000);

  it('answer that they are there when the process starts', async () => {
    await storage.check();
  });
});

describe('what a write that was cut off leaves', () => {
  it('is in a folder never seen under a key, and goes after its time, unless it is too young', async () => {
    const storage = open({});
    const cutOff = path.join(folder, 'data/files/.partial/1');
    mkdirSync(path.dirname(cutOff), { recursive: true });
    await writeFile(cutOff, 'half');
    const hourAgo = new Date(Date.now() - 3_600_000);
    expect(await storage.removeCutOff(hourAgo, new Set())).toBe(0);
    await utimes(cutOff, hourAgo, new Date(hourAgo.getTime() - 1));
    expect(await storage.removeCutOff(hourAgo, new Set())).toBe(1);
    expect(existsSync(cutOff)).toBe(false);
  });

  it('is nothing that anybody sees when the bucket’s server goes away half-way; the write is a fault', async () => {
    const storage = open(s3.env);
    const file = path.join(workingFolder(), 'large');
    await writeFile(file, randomBytes(40 * MEGABYTE));
    const stopped = Promise.withResolvers<undefined>();
    s3.onRequest(
      (method, url) => method === 'PUT' && url.includes('partNumber=2') && url.includes('broken-off'),
      () => void s3.stop().then(() => stopped.resolve(undefined)),
    );
    await expect(storage.writeFile('uploads/broken-off', file)).rejects.toThrow();
    await stopped.promise;
    await expect(storage.check()).rejects.toThrow(
      /S3_BUCKET=koshu-test at http:\/\/127.0.0.1:\d+ does not answer/,
    );
    await s3.start();
    expect(await storage.find('uploads/broken-off')).toBeUndefined();

    const later = new Date(Date.now() + 60_000);
    expect(await storage.removeCutOff(later, new Set(['uploads/broken-off']))).toBe(0);
    expect(await storage.removeCutOff(later, new Set())).toBe(1);
    expect(await storage.removeCutOff(later, new Set())).toBe(0);
  });

  it('is said at the start when the bucket is not there', async () => {
    const storage = open({ ...s3.env, S3_BUCKET: 'another-bucket' });
    await expect(storage.check()).rejects.toThrow('S3_BUCKET=another-bucket');
  });
});
