import path from 'node:path';
import type { Config } from '../config.ts';
import { folderStorage } from './folder-storage.ts';
import { s3Storage } from './s3-storage.ts';
import type { Storage } from './storage.ts';

/** Where files of a folder store stand. */
export const filesFolder = ({ dataDir }: Pick<Config, 'dataDir'>): string => path.join(dataDir, 'files');

/** The store that the configuration names. It is not asked anything yet: `check()` does. */
export function openStorage(config: Pick<Config, 'dataDir' | 'storage'>): Storage {
  return config.storage.kind === 's3' ? s3Storage(config.storage) : folderStorage(filesFolder(config));
}
