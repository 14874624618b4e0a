import type { App } from '../app.ts';
import { createUploadLocks, type UploadLocks } from '../storage/upload-locks.ts';
import { openUploadStore, sourceKeyOf, type UploadStore } from '../storage/upload-store.ts';

/** Where the parts of uploads come together, and who writes which. */
export interface UploadPlace extends UploadStore {
  readonly locks: UploadLocks;
}

const places = new WeakMap<App, UploadPlace>();

/** The same for the life of an application. */
export function uploadPlaceOf(app: App): UploadPlace {
  const place = places.get(app) ?? {
    ...openUploadStore(app.config),
    locks: createUploadLocks(app.pool),
  };
  places.set(app, place);
  return place;
}

/** How much of an upload has arrived; 0 when nothing has, or it is gone. */
export async function receivedBytes(app: App, uploadId: string): Promise<number> {
  const { datastore, nameOf } = uploadPlaceOf(app);
  try {
    return (await datastore.getUpload(nameOf(uploadId))).offset;
  } catch (error) {
    if (isGone(error)) return 0;
    throw error;
  }
}

/** What datastores throw for an upload that they do not know (any more). */
export function isGone(error: unknown): boolean {
  const status =
    typeof error === 'object' && error !== null && 'status_code' in error ? error.status_code : 0;
  return status === 404 || status === 410;
}

/** Takes away all that has arrived of an upload, whether or not something has. The caller holds its lock. */
export async function removeParts(app: App, uploadId: string): Promise<void> {
  const { datastore, nameOf, besides } = uploadPlaceOf(app);
  await datastore.remove(nameOf(uploadId)).catch((error: unknown) => {
    if (!isGone(error)) throw error;
  });
  for (const end of ['', ...besides]) await app.storage.remove(sourceKeyOf(uploadId) + end);
}
