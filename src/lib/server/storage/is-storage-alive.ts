import type { Storage } from './storage.ts';

export function isStorageAlive(storage: Storage): Promise<boolean> {
  return storage.check().then(
    () => true,
    () => false,
  );
}
