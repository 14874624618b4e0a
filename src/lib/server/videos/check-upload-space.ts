import { mkdir, stat, statfs } from 'node:fs/promises';
import { missingSpaceBytes } from '#lib/domain/videos/upload-space.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { filesFolder } from '../storage/open-storage.ts';
import { listAllUploads } from './upload.queries.ts';
import { receivedBytes } from './upload-place.ts';

const GIGABYTE = 1_000_000_000;

/**
 * Decides before the first byte whether there is room for a file and for what is made of it. Refused as `upload_no_space` with
 * how many gigabytes are missing. A bucket has no end that it tells.
 */
export async function checkUploadSpace(app: App, bytes: number): Promise<void> {
  const storeBytes = await app.storage.freeBytes();
  if (storeBytes === null) return;
  const { dataDir } = app.config;
  await mkdir(dataDir, { recursive: true });
  const [work, workPlace, storePlace] = await Promise.all([
    statfs(dataDir),
    stat(dataDir),
    stat(filesFolder(app.config)),
  ]);
  let promisedBytes = 0;
  for (const upload of await listAllUploads(app.db)) {
    promisedBytes += upload.bytes - (await receivedBytes(app, upload.id));
  }
  const missing = missingSpaceBytes(
    { bytes, promisedBytes },
    { storeBytes, workBytes: work.bavail * work.bsize, isOneDisk: workPlace.dev === storePlace.dev },
  );
  if (missing > 0) throw new Refusal('upload_no_space', { gigabytes: Math.ceil(missing / GIGABYTE) });
}
