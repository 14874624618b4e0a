import { describe, expect, it } from 'vitest';
import { RunTracker } from './run-tracker.ts';

describe('the run of continuous play', () => {
  it('grows while pictures move, and is handed over once', () => {
    const tracker = new RunTracker(0, 60_000);
    tracker.begin(0);
    tracker.advance(4_000.4);
    expect(tracker.cut()).toEqual({ fromMs: 0, toMs: 4_000 });
    tracker.advance(6_000);
    expect(tracker.end()).toEqual({ fromMs: 4_000, toMs: 6_000 });
    expect(tracker.end()).toEqual({ fromMs: 6_000, toMs: 6_000 });
  });

  it('does not grow while nothing plays', () => {
    const tracker = new RunTracker(10_000, 60_000);
    tracker.advance(12_000);
    expect(tracker.end()).toEqual({ fromMs: 10_000, toMs: 10_000 });
  });

  it('begins anew after going back, and keeps the furthest point', () => {
    const tracker = new RunTracker(0, 60_000);
    tracker.begin(0);
    tracker.advance(9_000);
    tracker.end();
    tracker.begin(2_000);
    tracker.advance(3_000);
    expect(tracker.cut()).toEqual({ fromMs: 2_000, toMs: 3_000 });
    expect(tracker.furthestMs).toBe(9_000);
  });

  it('does not take a jump for having watched what lies between', () => {
    const tracker = new RunTracker(0, 60_000);
    tracker.begin(30_000);
    tracker.advance(31_000);
    expect(tracker.furthestMs).toBe(0);
  });

  it('never passes the end of the chapter', () => {
    const tracker = new RunTracker(0, 60_000);
    tracker.begin(59_000);
    tracker.advance(60_066.6);
    expect(tracker.cut().toMs).toBe(60_000);
  });
});
