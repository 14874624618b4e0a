import { describe, expect, it } from 'vitest';
import { onOneLine } from './cue-text.ts';
import { megabytes } from './megabytes.ts';

describe('a cue of several lines', () => {
  it.each([
    ['標識は、\nその先の道の\nようすを教えてくれます。', '標識は、その先の道のようすを教えてくれます。'],
    ['Signs tell you\nwhat comes next.', 'Signs tell you what comes next.'],
    ['歩行者が\nSTOP を見ます', '歩行者が STOP を見ます'],
    ['  \n', ''],
  ])('is read as one: %j', (words, line) => {
    expect(onOneLine(words)).toBe(line);
  });
});

describe('an amount of data', () => {
  it('is rounded up to a tenth of a megabyte, so that little is not nothing', () => {
    expect([0, 1, 100_000, 100_001, 1_250_000].map(megabytes)).toEqual([0, 0.1, 0.1, 0.2, 1.3]);
  });
});
