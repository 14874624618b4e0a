import path from 'node:path';
import { FileStore } from '@tus/file-store';
import { S3Store, type MetadataValue } from '@tus/s3-store';
import type { DataStore, KvStore } from '@tus/server';
import type { Config } from '../config.ts';
import { filesFolder } from './open-storage.ts';
import { s3ClientConfig } from './s3-client.ts';

const UPLOADS = 'uploads';

/** Where the parts of an upload come together, under the key that storage then has it by. */
export interface UploadStore {
  readonly datastore: DataStore;
  /** What the datastore calls an upload. */
  nameOf(uploadId: string): string;
  /** What it leaves beside an upload that it keeps count of. */
  readonly besides: readonly string[];
}

/** Another process may have taken an upload back: what is remembered of it would make it seem complete. */
const NO_MEMORY: KvStore<MetadataValue> = {
  get: () => Promise.resolve(undefined),
  set: () => Promise.resolve(),
  delete: () => Promise.resolve(),
};

/** The key in storage of an upload's file. */
export const sourceKeyOf = (uploadId: string): string => `${UPLOADS}/${uploadId}`;

/** The parts of uploads, in the store that the configuration names. */
export function openUploadStore(config: Pick<Config, 'dataDir' | 'storage'>): UploadStore {
  const { storage } = config;
  if (storage.kind === 'files') {
    const directory = path.join(filesFolder(config), UPLOADS);
    return { datastore: new FileStore({ directory }), nameOf: (uploadId) => uploadId, besides: ['.json'] };
  }
  const s3ClientConfiguration = { ...s3ClientConfig(storage), bucket: storage.bucket };
  const datastore = new S3Store({
    s3ClientConfig: s3ClientConfiguration,
    useTags: false,
    cache: NO_MEMORY,
  });
  return {
    datastore,
    nameOf: (uploadId) => `${storage.prefix}${sourceKeyOf(uploadId)}`,
    besides: ['.info', '.part'],
  };
}
