import type { App } from '../app.ts';
import type { DB, Transaction } from '../db/database.ts';
import { deleteSeal, insertSeal } from './pictures.queries.ts';
import { sealPicture, type PictureOwner, type Seal } from './seal.ts';

/** A sealed file that lies in storage, and whose key is not in the database yet. */
export interface StoredPicture {
  /** Ends with `.sealed`; before it the kind of picture (`.jpg`, `.png`). */
  readonly storageKey: string;
  readonly seal: Seal;
}

/** Seals a picture and writes the file, as `name` with `.sealed` behind it. Before the row that names it; then `keepSeal`. */
export async function storePicture(
  { config, storage }: Pick<App, 'config' | 'storage'>,
  owner: PictureOwner,
  name: string,
  clear: Buffer,
): Promise<StoredPicture> {
  const { sealed, seal } = sealPicture(config.wrappingKey, owner, clear);
  const storageKey = `${name}.sealed`;
  await storage.write(storageKey, sealed);
  return { storageKey, seal };
}

/** Keeps the key of a stored picture, in the transaction of the row that names the file. */
export async function keepSeal(trx: Transaction<DB>, picture: StoredPicture): Promise<void> {
  await insertSeal(trx, picture);
}

/**
 * Removes the file of a picture and looks whether it is gone. Throws a fault when it is still there. Call it before the transaction
 * that says so (with `forgetSeal`): what is cut off in between is done again.
 */
export async function removePicture({ storage }: Pick<App, 'storage'>, storageKey: string): Promise<void> {
  await storage.remove(storageKey);
  if (await storage.find(storageKey)) throw new Error(`storage still has ${storageKey} after removing it`);
}

/** Destroys the key of a picture: from then on no copy of the file opens, whoever kept one. */
export async function forgetSeal(trx: Transaction<DB>, storageKey: string): Promise<void> {
  await deleteSeal(trx, storageKey);
}
