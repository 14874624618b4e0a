import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sealPicture, unsealPicture, type PictureOwner } from './seal.ts';

const key = { id: '2026', bytes: randomBytes(32) };
const owner: PictureOwner = { kind: 'facePhoto', id: 'b5f3c1a0-5a0e-4bb5-9d7a-0b7a2b0f6d11' };
const face = randomBytes(2_000);

describe('a sealed picture', () => {
  it('opens for its owner, under the key it was wrapped with, current or old', () => {
    const { sealed, seal } = sealPicture(key, owner, face);
    expect(sealed.includes(face.subarray(0, 16))).toBe(false);
    const keys = [{ id: '2027', bytes: randomBytes(32) }, key];
    expect(unsealPicture(keys, owner, sealed, seal)).toEqual(face);
  });

  it('is never sealed the same way twice', () => {
    const [one, two] = [sealPicture(key, owner, face), sealPicture(key, owner, face)];
    expect(one.sealed).not.toEqual(two.sealed);
    expect(() => unsealPicture([key], owner, one.sealed, two.seal)).toThrow(owner.id);
  });

  it('does not open as the picture of another, nor as one of another kind', () => {
    const { sealed, seal } = sealPicture(key, owner, face);
    const others: PictureOwner[] = [
      { ...owner, id: 'b5f3c1a0-5a0e-4bb5-9d7a-0b7a2b0f6d12' },
      { ...owner, kind: 'portrait' },
    ];
    for (const other of others) {
      expect(() => unsealPicture([key], other, sealed, seal)).toThrow('not what was sealed for it');
    }
  });

  it('does not open when a byte of it is another, or it is cut off anywhere', () => {
    const { sealed, seal } = sealPicture(key, owner, face);
    for (const at of [0, 11, 12, 27, 28, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      expect(() => unsealPicture([key], owner, changed, seal)).toThrow('not what was sealed for it');
    }
    for (const length of [0, 5, 12, 20, 28, sealed.length - 1]) {
      expect(() => unsealPicture([key], owner, sealed.subarray(0, length), seal)).toThrow(owner.id);
    }
  });
});
