import { createHash } from 'node:crypto';
import type { App } from '../app.ts';
import { wrappingKeysOf } from '../media/video-secret.ts';
import { findSeal } from './pictures.queries.ts';
import { unsealPicture, type PictureOwner } from './seal.ts';

export interface Picture {
  readonly bytes: Buffer;
  readonly mediaType: 'image/jpeg' | 'image/png';
}

const isSealed = (storageKey: string) => storageKey.endsWith('.sealed');

/**
 * The picture of this owner, in clear. `sha256` is that of the picture, where it is known. Throws a fault when the file is not there, was
 * changed, is another's, or its key has been destroyed. Who asks has made sure that the reader may see it.
 */
export async function openPicture(
  { config, db, storage }: Pick<App, 'config' | 'db' | 'storage'>,
  owner: PictureOwner,
  { storageKey, sha256 = null }: { readonly storageKey: string; readonly sha256?: Buffer | null },
): Promise<Picture> {
  const file = await storage.read(storageKey);
  let bytes = file;
  if (isSealed(storageKey)) {
    const seal = await findSeal(db, storageKey);
    if (!seal) throw new Error(`the key of ${owner.kind} ${owner.id} is not there any more`);
    bytes = unsealPicture(wrappingKeysOf(config), owner, file, seal);
  }
  if (sha256 && !createHash('sha256').update(bytes).digest().equals(sha256))
    throw new Error(`the file of ${owner.kind} ${owner.id} is not the picture that was taken`);
  return { bytes, mediaType: /\.png(\.sealed)?$/.test(storageKey) ? 'image/png' : 'image/jpeg' };
}
