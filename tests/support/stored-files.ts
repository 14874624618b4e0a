import type { Storage, StoredObject } from '#lib/server/storage/storage.ts';

/** All files below a prefix, by key. */
export async function listStored(storage: Storage, prefix: string): Promise<StoredObject[]> {
  const found: StoredObject[] = [];
  for await (const object of storage.list(prefix)) found.push(object);
  return found.sort((a, b) => a.key.localeCompare(b.key));
}
