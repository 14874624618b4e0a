import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Files by key (`photos/<id>.jpg`, `media/<video>/720/0.m4s`). A key that is there is complete. */
export interface Storage {
  write(key: string, content: Buffer | Readable): Promise<void>;
  read(key: string): Promise<Buffer>;
  open(key: string): Promise<{ stream: Readable; bytes: number } | undefined>;
  remove(key: string): Promise<void>;
  removeAll(prefix: string): Promise<void>;
  /** Where a program such as ffmpeg can read the file. */
  pathOf(key: string): string;
}

const KEY = /^[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*$/;

/** A folder on this machine. A file appears under its key only when all of it is there. */
export function folderStorage(root: string): Storage {
  const pathOf = (key: string): string => {
    if (!KEY.test(key)) throw new Error(`not a storage key: ${JSON.stringify(key)}`);
    return path.join(root, key);
  };
  return {
    pathOf,
    async write(key, content) {
      const target = pathOf(key);
      const partial = `${target}.${randomUUID()}.partial`;
      await mkdir(path.dirname(target), { recursive: true });
      try {
        if (Buffer.isBuffer(content)) await writeFile(partial, content);
        else await pipeline(content, createWriteStream(partial));
        await rename(partial, target);
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
    },
    read: (key) => readFile(pathOf(key)),
    async open(key) {
      const file = pathOf(key);
      const found = await stat(file).catch(() => undefined);
      return found?.isFile() ? { stream: createReadStream(file), bytes: found.size } : undefined;
    },
    remove: (key) => rm(pathOf(key), { force: true }),
    removeAll: (prefix) => rm(pathOf(prefix), { recursive: true, force: true }),
  };
}
