import { describe, expect, it } from 'vitest';
import { startPace } from './transcoding-pace.ts';

describe('how long a transcoding will still take', () => {
  it('is not said before there is something to go by', () => {
    const pace = startPace(0);
    expect(pace.remainingMs(10_000)).toBeNull();
    pace.note(0.01, 1_000);
    expect(pace.remainingMs(1_000)).toBeNull();
  });

  it('follows from a steady speed, and runs down while nothing new is heard', () => {
    const pace = startPace(0);
    for (let second = 1; second <= 10; second += 1) pace.note(second / 100, second * 1_000);
    expect(pace.remainingMs(10_000)).toBe(90_000);
    expect(pace.remainingMs(12_000)).toBe(88_000);
  });

  it('takes a single slow second calmly, and a slow minute seriously', () => {
    const pace = startPace(0);
    for (let second = 1; second <= 30; second += 1) pace.note(second / 1_000, second * 1_000);
    const before = pace.remainingMs(30_000)!;
    pace.note(0.0305, 31_000);
    expect(pace.remainingMs(31_000)! / before).toBeLessThan(1.05);
    for (let second = 32; second <= 91; second += 1)
      pace.note(0.0305 + (second - 31) / 2_000, second * 1_000);
    expect(pace.remainingMs(91_000)! / before).toBeGreaterThan(1.7);
  });

  it('is never less than nothing, and does not go back when told the same again', () => {
    const pace = startPace(0);
    pace.note(0.5, 5_000);
    pace.note(0.4, 6_000);
    pace.note(0.5, 7_000);
    expect(pace.remainingMs(7_000)).toBe(3_000);
    expect(pace.remainingMs(60_000)).toBe(0);
  });
});
