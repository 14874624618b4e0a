import crypto, { randomUUID, type CipherKey } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import S3rver from '@20minutes/s3rver';
import { freePort } from '../../scripts/support/free-port.ts';
import { answerMultipart } from './s3-multipart.ts';

/**
 * s3rver names the pages of long lists by single DES, which OpenSSL 3 does not have any more: the threefold with one key is
 * the same.
 */
function lendSingleDes(): void {
  const { createCipheriv, createDecipheriv } = crypto;
  const threefold = (key: CipherKey) => Buffer.concat(Array.from({ length: 3 }, () => key as Buffer));
  Object.assign(crypto, {
    createCipheriv: (name: string, key: CipherKey, iv: Buffer) =>
      name === 'des' ? createCipheriv('des-ede3-cbc', threefold(key), iv) : createCipheriv(name, key, iv),
    createDecipheriv: (name: string, key: CipherKey, iv: Buffer) =>
      name === 'des' ? createDecipheriv('des-ede3-cbc', threefold(key), iv) : createDecipheriv(name, key, iv),
  });
}

export const BUCKET = 'koshu-test';

export interface S3Server {
  /** What tells Koshu to keep its files there, below a prefix. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends every connection; what was being sent breaks off. */
  stop(): Promise<void>;
  /** At the same address, with all that was there. */
  start(): Promise<void>;
  /** Calls this as soon as a request that `matches` arrives, before it is answered. */
  onRequest(matches: (method: string, url: string) => boolean, act: () => void): void;
  remove(): Promise<void>;
}

/**
 * A real S3 server on HTTP: s3rver (npm, @20minutes/s3rver), with what it lacks of sending in parts (s3-multipart.ts), and with
 * objects that appear whole, as Amazon's do.
 */
export async function startS3Server(): Promise<S3Server> {
  lendSingleDes();
  const directory = mkdtempSync(path.join(tmpdir(), 'koshu-s3-'));
  const port = await freePort();
  const s3 = new S3rver({
    directory,
    silent: true,
    vhostBuckets: false,
    // It reads the address of a bucket without its last slash, and signatures with it.
    allowMismatchedSignatures: true,
    configureBuckets: [{ name: BUCKET }],
  });
  await s3.configureBuckets();
  const { store } = s3;
  const putContent = store.putContent.bind(store);
  store.putContent = async (file, content) => {
    const partial = `${file}.${randomUUID()}`;
    const put = await putContent(partial, content);
    await rename(partial, file);
    return put;
  };
  const listener = s3.callback();
  const watches: Parameters<S3Server['onRequest']>[] = [];
  let server: Server | undefined;
  const start = () =>
    new Promise<void>((resolve) => {
      server = createServer((request, response) => {
        const { method = '', url = '' } = request;
        for (const [matches, act] of watches) if (matches(method, url)) act();
        if (!answerMultipart(directory, request, response)) listener(request, response);
      });
      server.listen(port, '127.0.0.1', resolve);
    });
  const stop = () =>
    new Promise<void>((resolve) => {
      if (!server) return resolve();
      server.close(() => resolve());
      server.closeAllConnections();
      server = undefined;
    });
  await start();
  return {
    env: {
      STORAGE: 's3',
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_BUCKET: BUCKET,
      S3_PREFIX: 'office/koshu',
      S3_ACCESS_KEY_ID: 'S3RVER',
      S3_SECRET_ACCESS_KEY: 'S3RVER',
    },
    start,
    stop,
    onRequest: (matches, act) => void watches.push([matches, act]),
    remove: async () => {
      await stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
