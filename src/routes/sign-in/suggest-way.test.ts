import { expect, it } from 'vitest';
import { orderWays } from './suggest-way.ts';

const BOTH = ['app', 'cardReader'] as const;
const PHONE = { hasFinePointer: false, hasTouch: true, shortSidePx: 390 };
const TABLET = { hasFinePointer: false, hasTouch: true, shortSidePx: 820 };
const STYLUS_PHONE = { hasFinePointer: true, hasTouch: true, shortSidePx: 412 };
const PC = { hasFinePointer: true, hasTouch: false, shortSidePx: 768 };
const TOUCH_PC = { hasFinePointer: true, hasTouch: true, shortSidePx: 900 };
const TELEVISION = { hasFinePointer: false, hasTouch: false, shortSidePx: 1080 };

it.each([
  ['a phone', PHONE, 'app'],
  ['a tablet', TABLET, 'app'],
  ['a phone with a pen', STYLUS_PHONE, 'app'],
  ['a computer with a mouse', PC, 'cardReader'],
  ['a computer with a touch screen too', TOUCH_PC, 'cardReader'],
  ['a screen without any pointer', TELEVISION, 'cardReader'],
  ['a device that has not said anything', null, 'app'],
] as const)('suggests to %s', (_, features, first) => {
  const ways = orderWays(BOTH, features);
  expect(ways[0]).toBe(first);
  expect([...ways].sort()).toEqual([...BOTH]);
});

it('suggests only what is offered', () => {
  expect(orderWays(['cardReader'], PHONE)).toEqual(['cardReader']);
  expect(orderWays(['app'], PC)).toEqual(['app']);
  expect(orderWays([], PC)).toEqual([]);
});
