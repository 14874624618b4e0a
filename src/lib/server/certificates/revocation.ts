import { promises as fs } from 'node:fs';
import path from 'node:path';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Anchor } from './anchor.ts';
import { readRevocationList, type RevocationList } from './crl.ts';

/** On what grounds a certificate was found not revoked; kept with the sign-in. */
export interface RevocationEvidence {
  readonly source: 'crl';
  readonly checkedAt: Date;
  /** Since when, and until when at most, that is known. */
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
}

/**
 * Who knows whether a certificate is revoked. `check` returns only for a certificate known to be good; it refuses a revoked one
 * (certificate_revoked), and every one of which nobody can say (revocation_unavailable).
 */
export interface RevocationSource {
  check(anchor: Anchor, serial: string, at: Date): Promise<RevocationEvidence>;
}

interface ReadFile {
  readonly fingerprint: string;
  /** Null when the file is not a revocation list of one of our anchors. */
  readonly list: RevocationList | null;
}

/** Revocation lists from a folder (`*.crl`), looked at again at each check and read again when a file has changed. */
export function crlFolder(folder: string, anchors: readonly Anchor[]): RevocationSource {
  let files = new Map<string, ReadFile>();
  let reading: Promise<void> | null = null;

  async function readFolder(): Promise<void> {
    const names = (await fs.readdir(folder)).filter((name) => name.endsWith('.crl'));
    const found = await Promise.all(names.map(async (name) => [name, await readFile(name)] as const));
    files = new Map(found);
  }

  async function readFile(name: string): Promise<ReadFile> {
    const file = path.join(folder, name);
    const { mtimeMs, size, ino } = await fs.stat(file);
    const before = files.get(name);
    const fingerprint = `${mtimeMs} ${size} ${ino}`;
    if (before?.fingerprint === fingerprint) return before;
    // What was read before stays in force while its successor is unreadable (half copied, say); nextUpdate ends it anyway.
    const list =
      size > LIMITS.crlMaxBytes ? null : await fs.readFile(file).then((bytes) => tryRead(bytes, anchors));
    return { fingerprint, list: list ?? before?.list ?? null };
  }

  return {
    async check(anchor, serial, at) {
      reading ??= readFolder().finally(() => (reading = null));
      await reading.catch((error: unknown) => {
        throw new Refusal('revocation_unavailable', { reason: 'folder_unreadable', fault: faultCode(error) });
      });
      const lists = [...files.values()].flatMap(({ list }) => (list?.anchorId === anchor.id ? [list] : []));
      const current = lists.filter((list) => list.thisUpdate <= at && at <= list.nextUpdate);
      const newest = current.sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime())[0];
      if (!newest) {
        throw new Refusal('revocation_unavailable', {
          reason: lists.length > 0 ? 'stale' : 'missing',
          anchor: anchor.id,
        });
      }
      if (newest.revoked.has(serial)) throw new Refusal('certificate_revoked');
      return { source: 'crl', checkedAt: at, thisUpdate: newest.thisUpdate, nextUpdate: newest.nextUpdate };
    },
  };
}

async function tryRead(bytes: Buffer, anchors: readonly Anchor[]): Promise<RevocationList | null> {
  try {
    return await readRevocationList(bytes, anchors);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

function faultCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
