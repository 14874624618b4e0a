import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;
const KEY = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/;

/** What a device has in its hand of a hand-over, `id.secret`: from the QR code, or in a cookie. */
export type HandOverKey = string;

export const newSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');
export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
export const keyOf = (id: string, secret: string): HandOverKey => `${id}.${secret}`;

/** Id and hash of what was presented; null when it cannot be one. */
export function readKey(key: string): { readonly id: string; readonly sha256: Buffer } | null {
  const [, id, secret] = KEY.exec(key) ?? [];
  return id === undefined || secret === undefined ? null : { id, sha256: sha256(secret) };
}

export const isSame = (kept: Buffer | null, presented: Buffer): boolean =>
  kept !== null && timingSafeEqual(kept, presented);
