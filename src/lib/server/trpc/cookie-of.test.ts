import { describe, expect, it } from 'vitest';
import { cookieOf } from './cookie-of.ts';

describe('a cookie of a request', () => {
  it.each([
    ['koshu-session=a', 'a'],
    ['x=1; koshu-session=a', 'a'],
    ['koshu-session=a; x=1', 'a'],
    ['x=1;koshu-session=a;y=2', 'a'],
    ['koshu-session=first; koshu-session=second', 'first'],
    ['koshu-session=', ''],
    ['koshu-session=a=b', 'a=b'],
  ])('is found in %s', (header, value) => {
    expect(cookieOf(header, 'koshu-session')).toBe(value);
  });

  it.each([[undefined], [''], ['; ; ;'], ['koshu-session'], ['xkoshu-session=a'], ['x=koshu-session=a']])(
    'is not found in %s',
    (header) => {
      expect(cookieOf(header, 'koshu-session')).toBeUndefined();
    },
  );

  it('never takes one with the prefix for one without, nor the other way round', () => {
    expect(cookieOf('__Host-koshu-session=a', 'koshu-session')).toBeUndefined();
    expect(cookieOf('koshu-session=a', '__Host-koshu-session')).toBeUndefined();
  });
});
