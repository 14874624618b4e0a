import { hkdfSync } from 'node:crypto';

const KEY_BYTES = 16;

/**
 * The AES-128 key of one segment: HKDF-SHA-256 (RFC 5869) of the video's master secret, salted with the video's id. Every
 * rendition's segment of the same `index` (from 0) has the same key, so a change of quality needs no new one.
 */
export function segmentKey(masterSecret: Buffer, videoId: string, index: number): Buffer {
  return Buffer.from(hkdfSync('sha256', masterSecret, videoId, `segment:${index}`, KEY_BYTES));
}
