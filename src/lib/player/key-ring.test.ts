import { describe, expect, it } from 'vitest';
import { KeyRing } from './key-ring.ts';

const KEY = btoa('0123456789abcdef');

describe('the key ring', () => {
  it('counts keys without a gap from the first segment', () => {
    const keys = new KeyRing();
    keys.add({ fromIndex: 0, keys: [KEY, KEY] });
    keys.add({ fromIndex: 3, keys: [KEY] });
    expect(keys.count).toBe(2);
    keys.add({ fromIndex: 2, keys: [KEY] });
    expect(keys.count).toBe(4);
  });

  it('hands a key over at once when it is here, and later when it comes', () => {
    const keys = new KeyRing();
    const taken: string[] = [];
    const take = (name: string) => (key: ArrayBuffer) => taken.push(`${name}:${key.byteLength}`);
    keys.whenHere(1, take('late'));
    keys.whenHere(1, take('given up'))();
    expect(taken).toEqual([]);
    keys.add({ fromIndex: 0, keys: [KEY, KEY] });
    keys.whenHere(0, take('at once'));
    expect(taken).toEqual(['late:16', 'at once:16']);
  });

  it('gives every taker a copy of its own', () => {
    const keys = new KeyRing();
    keys.add({ fromIndex: 0, keys: [KEY] });
    keys.whenHere(0, (key) => new Uint8Array(key).fill(0));
    keys.whenHere(0, (key) => expect(new Uint8Array(key)[0]).toBe(48));
  });
});
