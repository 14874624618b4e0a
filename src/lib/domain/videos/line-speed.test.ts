import { describe, expect, it } from 'vitest';
import { lectureMegabytes, measuredKbps, verdictOnSpeed } from './line-speed.ts';

describe('a line', () => {
  it.each([
    [100_000, 'clear'],
    [2_000, 'clear'],
    [1_000, 'sound'],
    [128, 'sound'],
    [80, 'sound'],
    [60, 'tooSlow'],
    [0, 'tooSlow'],
  ] as const)('of %i kbit/s: %s', (kbps, verdict) => expect(verdictOnSpeed(kbps)).toBe(verdict));

  it('is measured in kilobits a second, also when everything came at once', () => {
    expect(measuredKbps(1_000_000, 4_000)).toBe(2_000);
    expect(Number.isFinite(measuredKbps(1_000_000, 0))).toBe(true);
  });
});

it('says how many megabytes 30 and 60 minutes are', () => {
  expect(lectureMegabytes(30)).toEqual({ least: 15, clear: 344 });
  expect(lectureMegabytes(60)).toEqual({ least: 29, clear: 688 });
});
