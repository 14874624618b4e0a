import { describe, expect, it } from 'vitest';
import { guardAgainstSkipping } from './skip-guard.ts';

class FakeVideo extends EventTarget {
  currentTime = 0;
  playbackRate = 1;
}

function guarded() {
  const video = new FakeVideo();
  const said: string[] = [];
  const stop = guardAgainstSkipping(video as FakeVideo & HTMLVideoElement, {
    limits: () => ({ creditedMs: 20_000, furthestMs: 25_000 }),
    seekHeld: () => said.push('seek'),
    rateHeld: () => said.push('rate'),
  });
  const seek = (seconds: number) => {
    video.currentTime = seconds;
    video.dispatchEvent(new Event('seeking'));
    return video.currentTime;
  };
  const setRate = (rate: number) => {
    video.playbackRate = rate;
    video.dispatchEvent(new Event('ratechange'));
    return video.playbackRate;
  };
  return { seek, setRate, said, stop };
}

describe('the guard', () => {
  it('brings a seek into what was not watched back to the edge, before anyone else sees it', () => {
    const { seek, said } = guarded();
    expect(seek(50)).toBe(25);
    expect(said).toEqual(['seek']);
  });

  it('lets a person go back, and a decoder hop over a hole in its buffer', () => {
    const { seek, said } = guarded();
    expect(seek(3)).toBe(3);
    expect(seek(25.3)).toBe(25.3);
    expect(said).toEqual([]);
  });

  it('allows slower play, and nothing faster than 1.0', () => {
    const { setRate, said } = guarded();
    expect(setRate(0.75)).toBe(0.75);
    expect(setRate(16)).toBe(1);
    expect(said).toEqual(['rate']);
  });

  it('goes away when told', () => {
    const { seek, stop } = guarded();
    stop();
    expect(seek(50)).toBe(50);
  });
});
