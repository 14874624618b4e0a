import { createDecipheriv, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encryptSegment, segmentIv } from './encrypt.ts';
import { segmentKey } from './segment-key.ts';
import { makeSecret, unwrapSecret, wrapSecret } from './video-secret.ts';

const VIDEO = 'b5f3c1a0-5a0e-4bb5-9d7a-0b7a2b0f6d11';

describe('the keys of segments', () => {
  const secret = Buffer.alloc(32, 7);

  it('are 16 bytes, always the same for the same segment, and different for every other', () => {
    const key = segmentKey(secret, VIDEO, 0);
    expect(key).toHaveLength(16);
    expect(segmentKey(secret, VIDEO, 0)).toEqual(key);
    expect(segmentKey(secret, VIDEO, 1)).not.toEqual(key);
    expect(segmentKey(secret, `${VIDEO}x`, 0)).not.toEqual(key);
    expect(segmentKey(Buffer.alloc(32, 8), VIDEO, 0)).not.toEqual(key);
  });

  it('decrypt what was encrypted under them, and nothing else does', () => {
    const plain = randomBytes(10_000);
    const encrypted = encryptSegment([plain], segmentKey(secret, VIDEO, 3), 3);
    const decrypt = (key: Buffer, index: number) => {
      const decipher = createDecipheriv('aes-128-cbc', key, segmentIv(index));
      return Buffer.concat([decipher.update(encrypted), decipher.final()]);
    };
    expect(decrypt(segmentKey(secret, VIDEO, 3), 3)).toEqual(plain);
    expect(encrypted.includes(plain.subarray(0, 64))).toBe(false);
    let others: Buffer = Buffer.alloc(0);
    try {
      others = decrypt(segmentKey(secret, VIDEO, 4), 3);
    } catch {
      // nearly always the padding does not even fit
    }
    expect(others.includes(plain.subarray(16, 64))).toBe(false);
  });
});

describe('the wrapped secret of a video', () => {
  const key = { id: '2026', bytes: randomBytes(32) };

  it('comes back under the same key', () => {
    const secret = makeSecret();
    const { wrapped, keyId } = wrapSecret(key, secret);
    expect(wrapped.includes(secret)).toBe(false);
    expect(unwrapSecret([{ id: 'another', bytes: randomBytes(32) }, key], wrapped, keyId)).toEqual(secret);
  });

  it('is never wrapped the same way twice', () => {
    const secret = makeSecret();
    expect(wrapSecret(key, secret).wrapped).not.toEqual(wrapSecret(key, secret).wrapped);
  });

  it('does not open under another key, another id, or after a changed byte', () => {
    const { wrapped, keyId } = wrapSecret(key, makeSecret());
    expect(() => unwrapSecret([{ id: keyId, bytes: randomBytes(32) }], wrapped, keyId)).toThrow();
    expect(() => unwrapSecret([key], wrapped, '2025')).toThrow(/2025/);
    const changed = Buffer.from(wrapped);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect(() => unwrapSecret([key], changed, keyId)).toThrow();
  });
});
