import { createCipheriv, createDecipheriv } from 'node:crypto';

const BLOCK_BYTES = 16;

/** The initialisation vector of a segment: its number (from 0), 16 bytes big-endian (RFC 8216 §5.2). */
export function segmentIv(index: number): Buffer {
  const iv = Buffer.alloc(BLOCK_BYTES);
  iv.writeUInt32BE(index, BLOCK_BYTES - 4);
  return iv;
}

/**
 * Of a still (from 0): it lies under the key of the segment that it shows, and no two things under one key may begin alike, so
 * the first byte, which is 0 for segments, is 1.
 */
export function stillIv(index: number): Buffer {
  const iv = segmentIv(index);
  iv[0] = 1;
  return iv;
}

function encrypt(parts: readonly Buffer[], key: Buffer, iv: Buffer): Buffer {
  const cipher = createCipheriv('aes-128-cbc', key, iv);
  return Buffer.concat([...parts.map((part) => cipher.update(part)), cipher.final()]);
}

/** A whole segment under AES-128-CBC with PKCS#7 padding, as METHOD=AES-128 wants it (RFC 8216 §4.3.2.4). */
export function encryptSegment(parts: readonly Buffer[], key: Buffer, index: number): Buffer {
  return encrypt(parts, key, segmentIv(index));
}

/** `index` is the still's own, `key` that of the segment that it shows. */
export function encryptStill(picture: Buffer, key: Buffer, index: number): Buffer {
  return encrypt([picture], key, stillIv(index));
}

/** Throws a fault when it is not the key. */
export function decryptStill(encrypted: Buffer, key: Buffer, index: number): Buffer {
  const decipher = createDecipheriv('aes-128-cbc', key, stillIv(index));
  return Buffer.concat([decipher.update(encrypted), decipher.final()]);
}
