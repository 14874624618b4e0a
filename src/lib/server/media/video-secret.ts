import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SECRET_BYTES = 32;

export interface WrappingKey {
  readonly id: string;
  /** 32 bytes. */
  readonly bytes: Buffer;
}

/** A new master secret for a video. */
export function makeSecret(): Buffer {
  return randomBytes(SECRET_BYTES);
}

/**
 * Wraps a video's master secret for the database: AES-256-GCM, as nonce (12 bytes), tag (16) and ciphertext. The key's id
 * is authenticated with it, and stored beside it for rotation.
 */
export function wrapSecret(wrappingKey: WrappingKey, secret: Buffer): { wrapped: Buffer; keyId: string } {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', wrappingKey.bytes, nonce).setAAD(Buffer.from(wrappingKey.id));
  const ciphertext = Buffer.concat([cipher.update(secret), cipher.final()]);
  return { wrapped: Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]), keyId: wrappingKey.id };
}

/** Every key under which a secret may be wrapped: the current one, and those before it. */
export const wrappingKeysOf = (config: {
  readonly wrappingKey: WrappingKey;
  readonly oldWrappingKeys: readonly WrappingKey[];
}): readonly WrappingKey[] => [config.wrappingKey, ...config.oldWrappingKeys];

/** The secret again. Throws a fault when it was wrapped under a key that is not among these, or is damaged. */
export function unwrapSecret(keys: readonly WrappingKey[], wrapped: Buffer, keyId: string): Buffer {
  const wrappingKey = keys.find(({ id }) => id === keyId);
  if (!wrappingKey) {
    const known = keys.map(({ id }) => id).join(', ');
    throw new Error(`a secret is wrapped under key ${keyId}, but the configuration has ${known}`);
  }
  const nonce = wrapped.subarray(0, NONCE_BYTES);
  const tag = wrapped.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', wrappingKey.bytes, nonce, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(keyId))
    .setAuthTag(tag);
  return Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}
