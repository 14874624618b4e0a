import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import {
  copyFile,
  link,
  mkdir,
  opendir,
  readFile,
  rename,
  rm,
  stat,
  statfs,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { checkedKey, FETCHED_NAME, type Storage, type StoredObject } from './storage.ts';

/** No key begins with a dot: what stands in here is never seen under a key. */
const PARTIAL = '.partial';

const hasCode = (error: unknown, ...codes: string[]) =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));

/** Undefined where `act` finds no file. */
async function unlessMissing<T>(act: Promise<T>): Promise<T | undefined> {
  try {
    return await act;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

async function* walk(folder: string): AsyncGenerator<string> {
  const opened = await unlessMissing(opendir(folder));
  if (!opened) return;
  for await (const entry of opened) {
    const name = path.join(folder, entry.name);
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) yield* walk(name);
    else if (entry.isFile()) yield name;
  }
}

/** A folder on this machine, or one that several machines share. A file appears under its key only when all of it is there. */
export function folderStorage(root: string): Storage {
  const pathOf = (key: string): string => path.join(root, checkedKey(key));
  const partials = path.join(root, PARTIAL);

  async function place(key: string, fill: (partial: string) => Promise<void>): Promise<void> {
    const target = pathOf(key);
    const partial = path.join(partials, randomUUID());
    await mkdir(partials, { recursive: true });
    try {
      await fill(partial);
      await mkdir(path.dirname(target), { recursive: true });
      await rename(partial, target);
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
  }

  async function find(key: string): Promise<StoredObject | undefined> {
    const found = await unlessMissing(stat(pathOf(key)));
    return found?.isFile() ? { key, bytes: found.size, modifiedAt: found.mtime } : undefined;
  }

  return {
    find,
    write: (key, content) => place(key, (partial) => writeFile(partial, content)),
    writeFile: (key, file) =>
      place(key, (partial) => pipeline(createReadStream(file), createWriteStream(partial))),
    read: (key) => readFile(pathOf(key)),
    async open(key, range) {
      const found = await find(key);
      if (!found) return undefined;
      if (!range) return { stream: createReadStream(pathOf(key)), bytes: found.bytes };
      const last = Math.min(range.last, found.bytes - 1);
      if (range.first > last) return undefined;
      const stream = createReadStream(pathOf(key), { start: range.first, end: last });
      return { stream, bytes: last - range.first + 1 };
    },
    async fetchTo(key, folder) {
      const file = path.join(folder, FETCHED_NAME);
      try {
        await link(pathOf(key), file);
      } catch (error) {
        // The folder may be on another disk, or on one that knows no links.
        if (!hasCode(error, 'EXDEV', 'EPERM', 'ENOTSUP', 'EMLINK')) throw error;
        await copyFile(pathOf(key), file);
      }
      return file;
    },
    async *list(prefix) {
      for await (const file of walk(pathOf(prefix))) {
        const key = path.relative(root, file).split(path.sep).join('/');
        const found = await unlessMissing(stat(file));
        if (found) yield { key, bytes: found.size, modifiedAt: found.mtime };
      }
    },
    remove: (key) => rm(pathOf(key), { force: true }),
    removeAll: (prefix) => rm(pathOf(prefix), { recursive: true, force: true }),
    async removeCutOff(before) {
      let removed = 0;
      const opened = await unlessMissing(opendir(partials));
      if (!opened) return removed;
      for await (const { name } of opened) {
        const partial = path.join(partials, name);
        const found = await unlessMissing(stat(partial));
        if (!found || found.mtime >= before) continue;
        await rm(partial, { force: true });
        removed += 1;
      }
      return removed;
    },
    async freeBytes() {
      await mkdir(root, { recursive: true });
      const { bavail, bsize } = await statfs(root);
      return bavail * bsize;
    },
    async check() {
      const trial = path.join(partials, randomUUID());
      try {
        await mkdir(partials, { recursive: true });
        await writeFile(trial, '');
        await rm(trial);
      } catch (cause) {
        throw new Error(`DATA_DIR cannot be written: ${path.dirname(root)}`, { cause });
      }
    },
  };
}
