const GIBIBYTE = 1024 ** 3;

/** What stays free for everything else: the database, logs, photos. */
const SPARE_BYTES = 2 * GIBIBYTE;

/** Two hours, the longest video that is taken, in every quality that is made. */
const LARGEST_MADE_BYTES = 12 * GIBIBYTE;

export interface SpaceNeeded {
  /** Of the file that somebody wants to send. */
  readonly bytes: number;
  /** What others have announced and not sent yet. */
  readonly promisedBytes: number;
}

export interface SpaceFree {
  /** Where uploads and media are kept. */
  readonly storeBytes: number;
  /** Where the worker writes while it transcodes. */
  readonly workBytes: number;
  /** Both are the same disk: what one takes, the other lacks. */
  readonly isOneDisk: boolean;
}

/**
 * How many bytes are missing before a file can be taken: for itself, for what was promised to others, for the video while the
 * worker writes it and once more when it is kept encrypted. 0 when it fits.
 */
export function missingSpaceBytes({ bytes, promisedBytes }: SpaceNeeded, free: SpaceFree): number {
  const made = Math.min(bytes, LARGEST_MADE_BYTES);
  const kept = bytes + promisedBytes + made + SPARE_BYTES;
  if (free.isOneDisk) return Math.max(0, kept + made - free.storeBytes);
  return Math.max(0, kept - free.storeBytes, made + SPARE_BYTES - free.workBytes);
}
