import { expect, it } from 'vitest';
import { pushPauseMs } from './push-retry.ts';

it('waits three times as long each time, never more than six hours', () => {
  expect([1, 2, 3, 8, 9, 15].map(pushPauseMs)).toEqual([
    5_000, 15_000, 45_000, 10_935_000, 21_600_000, 21_600_000,
  ]);
});

it('gives up after about two days', () => {
  const pauses = Array.from({ length: 15 }, (_, index) => pushPauseMs(index + 1) ?? 0);
  const hours = pauses.reduce((sum, pause) => sum + pause, 0) / 3_600_000;
  expect(hours).toBeGreaterThan(40);
  expect(hours).toBeLessThan(60);
  expect(pushPauseMs(16)).toBeNull();
});
