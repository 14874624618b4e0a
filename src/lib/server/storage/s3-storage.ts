import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type GetObjectCommandOutput,
} from '@aws-sdk/client-s3';
import { abortCutOff } from './abort-cut-off.ts';
import { isNotFound, openS3Client } from './s3-client.ts';
import type { S3Settings } from './settings.ts';
import { checkedKey, FETCHED_NAME, type ByteRange, type Storage, type StoredStream } from './storage.ts';
import { sendInParts } from './send-in-parts.ts';

const FETCH_ATTEMPTS = 5;
const CHECK_TIMEOUT_MS = 10_000;
// One by one, many at once: deleting a list in one request wants a checksum that older servers take for a fault.
const REMOVALS_AT_ONCE = 16;

function bodyOf({ Body }: GetObjectCommandOutput): Readable {
  if (!(Body instanceof Readable)) throw new Error('the S3 server answered without a body');
  return Body;
}

/** A bucket of a server that speaks S3. Nothing of a file is visible before its last byte has been taken. */
export function s3Storage(settings: S3Settings): Storage {
  const client = openS3Client(settings);
  const Bucket = settings.bucket;
  const place = (key: string) => ({ Bucket, Key: settings.prefix + checkedKey(key) });

  async function get(
    key: string,
    range?: string,
    etag?: string,
  ): Promise<GetObjectCommandOutput | undefined> {
    const command = new GetObjectCommand({
      ...place(key),
      ...(range !== undefined && { Range: range }),
      ...(etag !== undefined && { IfMatch: etag }),
    });
    try {
      return await client.send(command);
    } catch (error) {
      // 416: the file ends before the range begins.
      if (isNotFound(error) || (error instanceof Error && error.name === 'InvalidRange')) return undefined;
      throw error;
    }
  }

  async function open(key: string, range?: ByteRange): Promise<StoredStream | undefined> {
    const found = await get(key, range && `bytes=${range.first}-${range.last}`);
    return found && { stream: bodyOf(found), bytes: found.ContentLength ?? 0 };
  }

  async function* list(prefix: string) {
    let token: string | undefined;
    do {
      const page = await client.send(
        new ListObjectsV2Command({
          Bucket,
          Prefix: `${place(prefix).Key}/`,
          ...(token !== undefined && { ContinuationToken: token }),
        }),
      );
      for (const { Key = '', Size = 0, LastModified = new Date(0) } of page.Contents ?? []) {
        yield { key: Key.slice(settings.prefix.length), bytes: Size, modifiedAt: LastModified };
      }
      token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  const remove = async (key: string) => {
    await client.send(new DeleteObjectCommand(place(key)));
  };

  /** Goes on where the line broke, as long as the file is the same. */
  async function download(key: string, partial: string, signal?: AbortSignal): Promise<void> {
    const found = await get(key);
    if (!found) throw new Error(`not in storage: ${key}`);
    const { ContentLength: bytes = 0, ETag: etag } = found;
    const sink = () => createWriteStream(partial, { flags: 'a' });
    let received = 0;
    let body = bodyOf(found);
    for (let attempt = 1; ; attempt += 1) {
      body.on('data', (chunk: Buffer) => (received += chunk.length));
      try {
        await pipeline(body, sink(), signal ? { signal } : {});
        if (received !== bytes) throw new Error(`${key} broke off at ${received} of ${bytes} bytes`);
        return;
      } catch (error) {
        if (signal?.aborted || attempt === FETCH_ATTEMPTS || received >= bytes) throw error;
        const rest = await get(key, `bytes=${received}-`, etag);
        if (!rest) throw error;
        body = bodyOf(rest);
      }
    }
  }

  return {
    open,
    list,
    remove,
    async write(key, content) {
      await client.send(
        new PutObjectCommand({ ...place(key), Body: content, ContentLength: content.length }),
      );
    },
    writeFile: (key, file) => sendInParts(client, place(key), file),
    async read(key) {
      const found = await get(key);
      if (!found?.Body) throw new Error(`not in storage: ${key}`);
      return Buffer.from(await found.Body.transformToByteArray());
    },
    async find(key) {
      try {
        const { ContentLength, LastModified } = await client.send(new HeadObjectCommand(place(key)));
        return { key, bytes: ContentLength ?? 0, modifiedAt: LastModified ?? new Date(0) };
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw error;
      }
    },
    async fetchTo(key, folder, signal) {
      const file = path.join(folder, FETCHED_NAME);
      const partial = `${file}.partial`;
      await rm(partial, { force: true });
      await download(key, partial, signal);
      await rename(partial, file);
      return file;
    },
    async removeAll(prefix) {
      const running = new Set<Promise<void>>();
      await remove(prefix);
      for await (const { key } of list(prefix)) {
        const removal = remove(key).finally(() => running.delete(removal));
        running.add(removal);
        if (running.size >= REMOVALS_AT_ONCE) await Promise.race(running);
      }
      await Promise.all(running);
    },
    removeCutOff: (before, kept) => abortCutOff(client, settings, { before, kept }),
    freeBytes: () => Promise.resolve(null),
    async check() {
      try {
        await client.send(new HeadBucketCommand({ Bucket }), {
          abortSignal: AbortSignal.timeout(CHECK_TIMEOUT_MS),
        });
      } catch (cause) {
        const why = cause instanceof Error ? cause.name : 'unknown';
        const where = settings.endpoint ?? settings.region;
        throw new Error(`the bucket S3_BUCKET=${Bucket} at ${where} does not answer: ${why}`, { cause });
      }
    },
  };
}
