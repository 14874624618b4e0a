import { createHash } from 'node:crypto';

/** An event's columns as PostgreSQL writes them as text, in the order in which they are sealed (migration 0020). `at`: seconds since 1970. */
export interface SealedColumns {
  readonly id: string;
  readonly at: string;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly officeId: string | null;
  readonly what: string;
  readonly subjectKind: string | null;
  readonly subjectId: string | null;
  readonly requestId: string | null;
  readonly detail: string;
}

/** What the first event's hash is made over. */
export const GENESIS = Buffer.alloc(32);

const field = (text: string | null) => (text === null ? '-' : `${Buffer.byteLength(text)}:${text}`);

/** SHA-256 over the hash before, the place in the chain (from 1) and all columns, each with its length in bytes ('-': null). */
export function nextHash(previous: Uint8Array, position: number, columns: SealedColumns): Buffer {
  const { id, at, actorKind, actorId, officeId, what, subjectKind, subjectId, requestId, detail } = columns;
  const texts = [id, at, actorKind, actorId, officeId, what, subjectKind, subjectId, requestId, detail];
  return createHash('sha256')
    .update(previous)
    .update([String(position), ...texts].map(field).join(''), 'utf8')
    .digest();
}
