import { beforeEach, describe, expect, it } from 'vitest';
import { TestClock } from './fake-line.ts';
import { Standstill } from './standstill.ts';

const DURATION_MS = 60_000;

describe('pictures that stand still', () => {
  let clock: TestClock;
  let ended: number;
  let stuck: number;
  let video: { seeking: boolean; readyState: number; paused: boolean };
  let standstill: Standstill;
  beforeEach(() => {
    clock = new TestClock();
    ended = stuck = 0;
    video = { seeking: false, readyState: 4, paused: false };
    standstill = new Standstill({
      after: clock.after,
      durationMs: DURATION_MS,
      video: () => video,
      ended: () => (ended += 1),
      stuck: () => (stuck += 1),
    });
  });

  it('a moment before the end have come to it, although nothing says so', async () => {
    standstill.movingAt(59_200);
    await clock.pass(2_000);
    standstill.movingAt(59_450);
    await clock.pass(2_000);
    expect(ended).toBe(0);
    await clock.pass(2_000);
    expect(ended).toBe(1);
  });

  it('anywhere else wait for data', async () => {
    standstill.movingAt(58_000);
    await clock.pass(60_000);
    expect(ended).toBe(0);
  });

  it('because the person paused are left alone', async () => {
    standstill.movingAt(59_500);
    standstill.rest();
    await clock.pass(60_000);
    expect(ended).toBe(0);
  });

  it('for want of data have their loading begun anew, until there is some', async () => {
    video.readyState = 2;
    standstill.starving();
    await clock.pass(14_000);
    expect(stuck).toBe(0);
    await clock.pass(20_000);
    expect(stuck).toBe(2);
    video.readyState = 4;
    await clock.pass(60_000);
    expect(stuck).toBe(2);
  });

  it('for want of data are left alone once they are paused', async () => {
    video.readyState = 2;
    standstill.starving();
    video.paused = true;
    await clock.pass(60_000);
    expect(stuck).toBe(0);
  });

  it('after a seek that was held are loaded anew when nothing is there', async () => {
    standstill.held();
    await clock.pass(2_000);
    expect(stuck).toBe(0);
    video.readyState = 1;
    standstill.held();
    await clock.pass(2_000);
    expect(stuck).toBe(1);
  });
});
