import { expect, it } from 'vitest';
import { isHandheld } from './is-handheld.ts';

it.each([
  ['a phone', { hasFinePointer: false, hasTouch: true, shortSidePx: 390 }, true],
  ['a tablet', { hasFinePointer: false, hasTouch: true, shortSidePx: 820 }, true],
  ['a phone with a pen', { hasFinePointer: true, hasTouch: true, shortSidePx: 412 }, true],
  ['a computer with a mouse', { hasFinePointer: true, hasTouch: false, shortSidePx: 768 }, false],
  ['a computer with a touch screen too', { hasFinePointer: true, hasTouch: true, shortSidePx: 900 }, false],
  ['a screen without any pointer', { hasFinePointer: false, hasTouch: false, shortSidePx: 1080 }, false],
])('knows %s', (_, features, handheld) => {
  expect(isHandheld(features)).toBe(handheld);
});
