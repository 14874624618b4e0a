import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { unwrapSecret, wrapSecret, type WrappingKey } from '../media/video-secret.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** Whose picture it is: a face photo by its own id, a portrait by its driver's. */
export interface PictureOwner {
  readonly kind: 'facePhoto' | 'portrait';
  readonly id: string;
}

/** The key of one sealed file, wrapped for the database. */
export interface Seal {
  readonly wrapped: Buffer;
  readonly keyId: string;
}

const ownerBytes = ({ kind, id }: PictureOwner) => Buffer.from(`${kind}:${id}`);

/**
 * Seals a picture under a key of its own: AES-256-GCM (NIST SP 800-38D) as nonce (12 bytes), tag (16) and ciphertext, with its owner
 * as associated data, so that it opens as nobody else's.
 */
export function sealPicture(
  wrappingKey: WrappingKey,
  owner: PictureOwner,
  clear: Buffer,
): { sealed: Buffer; seal: Seal } {
  const key = randomBytes(KEY_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(ownerBytes(owner));
  const ciphertext = Buffer.concat([cipher.update(clear), cipher.final()]);
  return {
    sealed: Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]),
    seal: wrapSecret(wrappingKey, key),
  };
}

/** The picture again. Throws a fault that names the owner when the file was changed, cut off, or sealed for somebody else. */
export function unsealPicture(
  keys: readonly WrappingKey[],
  owner: PictureOwner,
  sealed: Buffer,
  { wrapped, keyId }: Seal,
): Buffer {
  const key = unwrapSecret(keys, wrapped, keyId);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(ownerBytes(owner))
      .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new Error(
      `the file of ${owner.kind} ${owner.id} is not what was sealed for it: changed, cut off, or another's`,
      { cause },
    );
  }
}
