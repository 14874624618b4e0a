import type { Readable } from 'node:stream';

/** A file in storage, without its bytes. */
export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
  readonly modifiedAt: Date;
}

/** The bytes of a file, or of a part of it; `bytes` is how many the stream brings. */
export interface StoredStream {
  readonly stream: Readable;
  readonly bytes: number;
}

/** From the first byte to the last, both included, counted from 0 (RFC 9110 §14.1.2). A `last` past the end means the end. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Files by key (`photos/<id>.jpg`, `media/<video>/720/0.m4s`), in a folder of this machine or in a bucket. A key that is there
 * is complete, and whoever writes it again replaces all of it at once. A key that is none is a fault, and so is a store that
 * does not answer; a file that is not there is `undefined`, except where somebody relies on it.
 */
export interface Storage {
  /** Small things, held in memory: a segment, a photo, a playlist. */
  write(key: string, content: Buffer): Promise<void>;
  /** A file of this machine, of any size, a piece at a time. The file stays. */
  writeFile(key: string, file: string): Promise<void>;
  /** All of a small file. Throws a fault when it is not there. */
  read(key: string): Promise<Buffer>;
  /** Undefined when there is no such file or it ends before the range begins. */
  open(key: string, range?: ByteRange): Promise<StoredStream | undefined>;
  find(key: string): Promise<StoredObject | undefined>;
  /**
   * Puts the file where a program such as ffmpeg can read it: as `source` in this folder, for as long as the folder stands.
   * Answers its path. It must not be written to. Throws a fault when it is not there, and when it is aborted half-way.
   */
  fetchTo(key: string, folder: string, signal?: AbortSignal): Promise<string>;
  /** Every file below a prefix (`media`, `media/<video>`), in no order, also while others write. */
  list(prefix: string): AsyncIterable<StoredObject>;
  /** Nothing happens when it is not there. */
  remove(key: string): Promise<void>;
  /** Every file below a prefix. */
  removeAll(prefix: string): Promise<void>;
  /**
   * Takes away what writes that were cut off before `before` have left, which nobody can see; except of the keys in `kept`,
   * which somebody goes on with. Answers how many.
   */
  removeCutOff(before: Date, kept: ReadonlySet<string>): Promise<number>;
  /** How much more fits; null where nobody can say. */
  freeBytes(): Promise<number | null>;
  /** Throws a fault in words for the operator when the store cannot be written and read. */
  check(): Promise<void>;
}

/** Names of letters, digits, `_` and `-`, joined by single dots and slashes: nothing that leads out of its place. */
const KEY = /^[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*$/;
const MAX_KEY_LENGTH = 500;

/** The key itself. Throws a fault when it is none. */
export function checkedKey(key: string): string {
  if (key.length > MAX_KEY_LENGTH || !KEY.test(key))
    throw new Error(`not a storage key: ${JSON.stringify(key)}`);
  return key;
}

/** What `fetchTo` calls the file. */
export const FETCHED_NAME = 'source';
