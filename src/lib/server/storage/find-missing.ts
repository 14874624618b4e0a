import type { App } from '../app.ts';
import { listKeptPhotos, listPortraits, listReadyVideos } from './storage.queries.ts';

const PAGE = 500;

/** A file that a row refers to and that is not in storage. */
export interface MissingFile {
  readonly key: string;
  readonly of: 'video' | 'facePhoto' | 'portrait';
  readonly id: string;
}

async function* pages<T extends { readonly id: string }>(
  list: (page: { after: string | null; limit: number }) => Promise<readonly T[]>,
): AsyncGenerator<T> {
  let after: string | null = null;
  do {
    const page: readonly T[] = await list({ after, limit: PAGE });
    yield* page;
    after = page.length < PAGE ? null : (page.at(-1)?.id ?? null);
  } while (after !== null);
}

/**
 * Every file that a row relies on and storage does not have: the first playlist and the uploaded file of each video that is ready,
 * face photos that are kept, portraits of the register. Rows younger than `before` are left: they may be in the making.
 */
export async function* findMissing({ db, storage }: App, before: Date): AsyncGenerator<MissingFile> {
  const isMissing = async (key: string) => (await storage.find(key)) === undefined;
  for await (const { id, mediaPrefix, sourceKey } of pages((page) => listReadyVideos(db, page))) {
    for (const key of [`${mediaPrefix ?? ''}/master.m3u8`, sourceKey]) {
      if (await isMissing(key)) yield { key, of: 'video', id };
    }
  }
  for await (const { id, storageKey } of pages((page) => listKeptPhotos(db, before, page))) {
    if (await isMissing(storageKey)) yield { key: storageKey, of: 'facePhoto', id };
  }
  for await (const { id, portraitKey } of pages((page) => listPortraits(db, page))) {
    if (portraitKey !== null && (await isMissing(portraitKey)))
      yield { key: portraitKey, of: 'portrait', id };
  }
}
