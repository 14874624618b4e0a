import { createCipheriv } from 'node:crypto';

const BLOCK_BYTES = 16;

/** The initialisation vector of a segment: its number (from 0), 16 bytes big-endian (RFC 8216 §5.2). */
export function segmentIv(index: number): Buffer {
  const iv = Buffer.alloc(BLOCK_BYTES);
  iv.writeUInt32BE(index, BLOCK_BYTES - 4);
  return iv;
}

/** A whole segment under AES-128-CBC with PKCS#7 padding, as METHOD=AES-128 wants it (RFC 8216 §4.3.2.4). */
export function encryptSegment(plain: Buffer, key: Buffer, index: number): Buffer {
  const cipher = createCipheriv('aes-128-cbc', key, segmentIv(index));
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}
