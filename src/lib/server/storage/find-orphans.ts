import type { App } from '../app.ts';
import type { Database } from '../db/database.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { listKnownPhotos, listKnownPortraits, listKnownUploads, listKnownMedia } from './storage.queries.ts';
import type { StoredObject } from './storage.ts';

const BATCH = 500;

/** What stands below a prefix, to which row a file there belongs, and which of these rows there are. */
interface Kind {
  readonly prefix: string;
  readonly ownerOf: (key: string) => string;
  /** By any of these what is known may name it; its owner, unless said otherwise. */
  readonly namesOf?: (key: string) => readonly string[];
  /** Whether it can be the name of a row at all. */
  readonly isOwner?: (owner: string) => boolean;
  readonly listKnown: (db: Database, owners: readonly string[]) => Promise<string[]>;
}

const isUuid = (text: string) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

const KINDS: readonly Kind[] = [
  {
    prefix: 'media',
    ownerOf: (key) => key.split('/')[1] ?? '',
    namesOf: (key) => [key.split('/').slice(0, 2).join('/'), key.split('/').slice(0, 3).join('/')],
    isOwner: isUuid,
    listKnown: listKnownMedia,
  },
  {
    prefix: 'uploads',
    ownerOf: (key) => (key.split('/')[1] ?? '').replace(/\.(?:json|info|part)$/, ''),
    listKnown: listKnownUploads,
  },
  { prefix: 'photos', ownerOf: (key) => key, listKnown: listKnownPhotos },
  { prefix: 'portraits', ownerOf: (key) => key, listKnown: listKnownPortraits },
];

/** Those to which no row refers. The rows are read after the files were seen: who writes now has his row or a young file. */
async function withoutRow(
  db: Database,
  kind: Kind,
  objects: readonly StoredObject[],
): Promise<StoredObject[]> {
  const named = [...new Set(objects.map(({ key }) => kind.ownerOf(key)))];
  const owners = named.filter(kind.isOwner ?? (() => true));
  const known = new Set(owners.length === 0 ? [] : await kind.listKnown(db, owners));
  const namesOf = kind.namesOf ?? ((key: string) => [kind.ownerOf(key)]);
  return objects.filter(({ key }) => !namesOf(key).some((name) => known.has(name)));
}

/**
 * Every file in storage to which no row refers, and that is older than `before`: what a process that died has left. Safe while
 * others upload and transcode: their files are young or have their rows.
 */
export async function* findOrphans({ db, storage }: App, before: Date): AsyncGenerator<StoredObject> {
  for (const kind of KINDS) {
    let batch: StoredObject[] = [];
    for await (const object of storage.list(kind.prefix)) {
      if (object.modifiedAt >= before) continue;
      batch.push(object);
      if (batch.length < BATCH) continue;
      yield* await withoutRow(db, kind, batch);
      batch = [];
    }
    yield* await withoutRow(db, kind, batch);
  }
}

/** Removes an orphan, unless a row refers to it by now. */
export async function removeOrphan({ db, storage }: App, orphan: StoredObject): Promise<boolean> {
  const kind = KINDS.find(({ prefix }) => orphan.key.startsWith(`${prefix}/`));
  if (!kind || (await withoutRow(db, kind, [orphan])).length === 0) return false;
  await storage.remove(orphan.key);
  return true;
}

/** One line of the audit trail for a whole run. */
export async function auditOrphansRemoved(
  app: App,
  removed: { readonly count: number; readonly bytes: number },
): Promise<void> {
  if (removed.count > 0)
    await appendAudit(app.db, 'system', { what: 'storage.orphansRemoved', detail: { ...removed } });
}
