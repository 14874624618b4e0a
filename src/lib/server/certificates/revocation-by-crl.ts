import { promises as fs, statSync, type Stats } from 'node:fs';
import path from 'node:path';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Anchor } from './anchor.ts';
import { readRevocationList, type RevocationList } from './crl.ts';
import { unavailable, type CertificateInQuestion, type RevocationSource } from './revocation.ts';

// A file that is renamed into the folder is seen at once; one that is written where it lies, after so long.
const LOOK_AT_EACH_FILE_MS = 1_000;
// File systems tell time in steps: of two changes so close to each other the second may not show.
const CLOSE_CHANGES_MS = 100;

interface Shelf {
  /** Paths of the files that may hold lists. */
  readonly listFiles: () => Promise<readonly string[]>;
  /**
   * Changes when a file comes, goes or is replaced: cheaper than looking at each. Null when it must not be relied upon. Asked at every
   * sign-in and at once: it takes a microsecond, where the way to another thread and back costs more than a signature.
   */
  readonly state: () => string | null;
}

interface ReadFile {
  /** Null when the file is to be read again in any case. */
  readonly fingerprint: string | null;
  /** Null when the file is not a revocation list of one of our anchors. */
  readonly list: RevocationList | null;
}

/** Revocation lists from a folder (`*.crl`), read again when one has changed. */
export function crlFolder(folder: string, anchors: readonly Anchor[]): RevocationSource {
  const listFiles = async () => {
    const names = (await fs.readdir(folder)).filter((name) => name.endsWith('.crl'));
    return names.sort().map((name) => path.join(folder, name));
  };
  return crlSource({ listFiles, state: () => fingerprint(statSync(folder)) }, anchors);
}

/** Revocation lists from these files. One that is not there, or is none, says nothing. */
export function crlFiles(files: readonly string[], anchors: readonly Anchor[]): RevocationSource {
  return crlSource({ listFiles: () => Promise.resolve(files), state: () => '' }, anchors);
}

function crlSource(shelf: Shelf, anchors: readonly Anchor[]): RevocationSource {
  let files = new Map<string, ReadFile>();
  let looked: { state: string | null; atMs: number } = { state: null, atMs: -Infinity };
  let looking: Promise<void> | null = null;
  /** For each part of each anchor's certificates the newest list that was ever in force, and where it lay: none older counts after it. */
  const newest = new Map<string, { readonly list: RevocationList; readonly file: string }>();

  function hasChanged(): boolean {
    const state = shelf.state();
    return (
      state === null || state !== looked.state || performance.now() - looked.atMs >= LOOK_AT_EACH_FILE_MS
    );
  }

  async function look(): Promise<void> {
    const state = shelf.state();
    const atMs = performance.now();
    const found = new Map<string, ReadFile>();
    // One after the other: a list may be large.
    for (const file of await shelf.listFiles()) {
      const read = await readFile(file, files.get(file), anchors);
      if (read) found.set(file, read);
    }
    files = found;
    looked = { state, atMs };
  }

  /** Looks again where something may have changed; those who ask at once look together. */
  async function refresh(): Promise<void> {
    looking ??= look().finally(() => (looking = null));
    await looking;
  }

  /** The lists of this anchor that count at this instant. */
  function listsOf(anchor: Anchor, at: Date): RevocationList[] {
    for (const [file, { list }] of files) {
      if (!list || !isInForce(list, at)) continue;
      const before = newest.get(list.partId);
      if (!before || !isOlder(list, before.list)) newest.set(list.partId, { list, file });
    }
    const lists: RevocationList[] = [];
    for (const { list, file } of newest.values()) {
      if (list.anchorId === anchor.id && isInForce(list, at) && stillThere(list, file)) lists.push(list);
    }
    return lists;
  }

  /** What was read before stays in force while its successor is unreadable (half copied, say) or older; nextUpdate ends it anyway. */
  function stillThere(list: RevocationList, file: string): boolean {
    const now = files.get(file);
    return now !== undefined && (now.list === null || now.list.partId === list.partId);
  }

  function whyNone(anchor: Anchor, certificate: CertificateInQuestion): Refusal {
    const lists = [...files.values()].flatMap(({ list }) => (list?.anchorId === anchor.id ? [list] : []));
    const mine = lists.filter((list) => speaksOf(list, certificate));
    const reason = mine.length > 0 ? 'stale' : lists.length > 0 ? 'other_part' : 'missing';
    const unreadable = [...files.values()].filter(({ list }) => list === null).length;
    return unavailable(anchor, reason, unreadable > 0 ? { unreadable } : {});
  }

  return {
    async check(anchor, certificate, at) {
      try {
        if (looking || hasChanged()) await refresh();
      } catch (error) {
        throw unavailable(anchor, 'folder_unreadable', { fault: faultCode(error) });
      }
      const lists = listsOf(anchor, at).filter((list) => speaksOf(list, certificate));
      if (lists.some(({ revoked }) => revoked.has(certificate.serial)))
        throw new Refusal('certificate_revoked');
      const latest = lists.sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime())[0];
      if (!latest) throw whyNone(anchor, certificate);
      const { thisUpdate, nextUpdate, number } = latest;
      const reference = number === null ? {} : { reference: number.toString(16) };
      return { source: 'crl', checkedAt: at, thisUpdate, nextUpdate, ...reference };
    },
    // A serial number is given once by an authority, so whichever part names it means it.
    async isRevoked(anchor, serial, at) {
      try {
        if (looking || hasChanged()) await refresh();
      } catch {
        return false;
      }
      return listsOf(anchor, at).some(({ revoked }) => revoked.has(serial));
    },
  };
}

function isInForce({ thisUpdate, nextUpdate }: RevocationList, at: Date): boolean {
  return thisUpdate <= at && at <= nextUpdate;
}

/** By its date or by its number (RFC 5280 §5.2.3: numbers only grow); a list that goes back by either is not believed. */
function isOlder(list: RevocationList, before: RevocationList): boolean {
  const numberGoesBack = list.number !== null && before.number !== null && list.number < before.number;
  return list.thisUpdate < before.thisUpdate || numberGoesBack;
}

/** A divided list speaks of the certificates that name its distribution point (RFC 5280 §6.3.3 (b)(2)(i)). */
function speaksOf({ part }: RevocationList, { distributionPoints }: CertificateInQuestion): boolean {
  return part === null || part.some((name) => distributionPoints.some((point) => point.equals(name)));
}

async function readFile(
  file: string,
  before: ReadFile | undefined,
  anchors: readonly Anchor[],
): Promise<ReadFile | null> {
  // Taken before the file is read: what changes meanwhile is read at the next look.
  let fingerprint: string | null = null;
  try {
    fingerprint = await fingerprintOf(file);
    if (before && fingerprint !== null && before.fingerprint === fingerprint) return before;
    const { size } = await fs.stat(file);
    const list =
      size > LIMITS.crlMaxBytes ? null : await readRevocationList(await fs.readFile(file), anchors);
    return { fingerprint, list };
  } catch (error) {
    if (error instanceof Refusal) return { fingerprint, list: null };
    if (faultCode(error) === 'ENOENT') return null;
    // One file that may not be opened does not take the others' word away.
    if (error instanceof Error && 'syscall' in error) return { fingerprint: null, list: null };
    throw error;
  }
}

/** Null for what has changed just now. The time of the change of the inode: the other one is copied along by some tools. */
async function fingerprintOf(file: string): Promise<string | null> {
  return fingerprint(await fs.stat(file));
}

function fingerprint({ ctimeMs, size, ino }: Stats): string | null {
  return Math.abs(Date.now() - ctimeMs) < CLOSE_CHANGES_MS ? null : `${ctimeMs} ${size} ${ino}`;
}

function faultCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
