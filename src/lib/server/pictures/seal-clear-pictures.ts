import { createHash, randomUUID } from 'node:crypto';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import {
  insertSeal,
  listClearPhotos,
  listClearPortraits,
  listLeftInClear,
  markClearRemoved,
  movePhoto,
  movePortrait,
} from './pictures.queries.ts';
import { removePicture, storePicture } from './store-picture.ts';
import type { PictureOwner } from './seal.ts';

const BATCH = 200;
const NIL = '00000000-0000-0000-0000-000000000000';

interface ClearPicture {
  readonly id: string;
  readonly storageKey: string;
  readonly sha256: Buffer | null;
}

const KINDS = [
  { kind: 'facePhoto', list: listClearPhotos, move: movePhoto },
  { kind: 'portrait', list: listClearPortraits, move: movePortrait },
] as const;
type Kind = (typeof KINDS)[number];

/** Another name each time: two workers at once do not write over each other's file. */
const anotherName = (storageKey: string) => storageKey.replace(/(\.\w+)$/, `-${randomUUID().slice(0, 8)}$1`);

/**
 * The sealed file comes first, then in one transaction the row that names it, the key, and the name of the clear file as one that
 * has still to go. Wherever it is cut off, there is a file for the row, and nothing in clear is forgotten.
 */
async function sealOne(app: App, { kind, move }: Kind, picture: ClearPicture): Promise<boolean> {
  const { id, storageKey: from, sha256 } = picture;
  const owner: PictureOwner = { kind, id };
  const clear = await app.storage.read(from);
  if (sha256 && !createHash('sha256').update(clear).digest().equals(sha256))
    throw new Error(`the file of ${kind} ${id} is not the picture that was taken`);
  const stored = await storePicture(app, owner, anotherName(from), clear);
  const isMoved = await app.db.transaction().execute(async (trx) => {
    if (!(await move(trx, { id, from, to: stored.storageKey }))) return false;
    await insertSeal(trx, { ...stored, clearKey: from });
    return true;
  });
  if (!isMoved) await app.storage.remove(stored.storageKey);
  return isMoved;
}

async function removeLeftInClear(app: App): Promise<void> {
  for (;;) {
    const left = await listLeftInClear(app.db, BATCH);
    for (const { storageKey, clearKey } of left) {
      await removePicture(app, clearKey);
      await markClearRemoved(app.db, storageKey);
    }
    if (left.length < BATCH) return;
  }
}

/**
 * Seals the pictures that lie in clear: those from before pictures were sealed. May be cut off and repeated at any time. One that
 * cannot be sealed is named in the log, left as it is, and does not keep the others. Answers how many were sealed.
 */
export async function sealClearPictures(app: App): Promise<{ sealed: number; failed: number }> {
  await removeLeftInClear(app);
  let sealed = 0;
  let failed = 0;
  for (const kind of KINDS) {
    let after: string | undefined = NIL;
    while (after !== undefined) {
      const batch: readonly ClearPicture[] = await kind.list(app.db, after, BATCH);
      for (const picture of batch) {
        try {
          if (await sealOne(app, kind, picture)) sealed += 1;
        } catch (err) {
          failed += 1;
          app.log.error({ err, kind: kind.kind, id: picture.id }, 'a picture could not be sealed');
        }
      }
      await removeLeftInClear(app);
      after = batch.at(-1)?.id;
    }
  }
  if (sealed > 0)
    await appendAudit(app.db, 'system', { what: 'pictures.sealed', detail: { sealed, failed } });
  return { sealed, failed };
}
