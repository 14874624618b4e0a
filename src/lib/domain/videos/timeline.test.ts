import { describe, expect, it } from 'vitest';
import type { UsableSource } from './inspection.ts';
import { findTimelineFault, measuredSource, type Timeline, type TrackTimes } from './timeline.ts';

const TRACK: TrackTimes = { packets: 600, firstMs: 0, endMs: 60_000, backwardsMs: 0, longestStepMs: 100 };
const TIMELINE: Timeline = { picture: TRACK, sound: TRACK, isEncrypted: false };
const SOURCE: UsableSource = {
  container: 'mov',
  durationMs: 60_000,
  isEncrypted: false,
  picture: {
    stream: 0,
    codec: 'h264',
    isReadable: true,
    width: 1280,
    height: 720,
    frameRate: { numerator: 30, denominator: 1 },
    durationMs: 60_000,
    isInterlaced: false,
    isHdr: false,
  },
  sound: { stream: 1, codec: 'aac', isReadable: true, channels: 2, sampleRateHz: 48_000, otherCount: 0 },
};
const BROADCAST: UsableSource = { ...SOURCE, container: 'mpegts' };

const faultWith = (sound: Partial<TrackTimes>, picture: Partial<TrackTimes> = {}, source = SOURCE) =>
  findTimelineFault(source, {
    ...TIMELINE,
    sound: { ...TRACK, ...sound },
    picture: { ...TRACK, ...picture },
  });

describe('the times of a file', () => {
  it('may come unevenly, late, or with a recorder’s pause', () => {
    expect(findTimelineFault(SOURCE, TIMELINE)).toBeNull();
    expect(faultWith({ backwardsMs: 400 })).toBeNull();
    expect(faultWith({}, { longestStepMs: 3_600_000 })).toBeNull();
    expect(faultWith({ longestStepMs: 5 * 60_000 })).toBeNull();
    expect(faultWith({ firstMs: -23 }, { firstMs: 800 })).toBeNull();
  });

  it('are broken when they run backwards, or leap', () => {
    expect(faultWith({ backwardsMs: 3_000 })).toBe('video_times_broken');
    expect(faultWith({}, { backwardsMs: 3_000 })).toBe('video_times_broken');
    expect(faultWith({ longestStepMs: 3_600_000, endMs: 3_660_000 })).toBe('video_times_broken');
    expect(faultWith({}, { endMs: 3_660_000 })).toBe('video_times_broken');
  });

  it('are missing at the end of a file that was cut off, or that claims hours', () => {
    expect(faultWith({ endMs: 30_000 }, { endMs: 30_000 })).toBe('video_damaged');
    expect(faultWith({ packets: 0 })).toBe('video_damaged');
    expect(faultWith({}, {}, { ...SOURCE, durationMs: 7_000_000 })).toBe('video_damaged');
  });

  it('are of no use when the packets are encrypted', () => {
    expect(findTimelineFault(SOURCE, { ...TIMELINE, isEncrypted: true })).toBe('video_encrypted');
  });
});

describe('recordings that were laid one behind the other', () => {
  const joined: Timeline = {
    ...TIMELINE,
    picture: { ...TRACK, backwardsMs: 30_000 },
    sound: { ...TRACK, backwardsMs: 30_000 },
  };

  it('can be joined in a transport stream, and only the result knows their length', () => {
    expect(findTimelineFault(BROADCAST, joined)).toBeNull();
    expect(measuredSource(BROADCAST, joined)).toMatchObject({
      durationMs: null,
      picture: { durationMs: null },
    });
  });

  it('cannot be joined elsewhere', () => {
    expect(findTimelineFault(SOURCE, joined)).toBe('video_times_broken');
  });
});

describe('the length of a source', () => {
  it('is what the file says, as long as its packets say about the same', () => {
    expect(measuredSource(SOURCE, { ...TIMELINE, sound: { ...TRACK, endMs: 60_023 } })).toBe(SOURCE);
  });

  it('is what its packets say when the file counts from 0 and begins two hours later', () => {
    const late = { ...TRACK, firstMs: 7_200_000, endMs: 7_260_000 };
    const timeline = { ...TIMELINE, picture: late, sound: late };
    const source = { ...SOURCE, durationMs: 7_260_000 };
    expect(findTimelineFault(source, timeline)).toBeNull();
    expect(measuredSource(source, timeline)).toMatchObject({
      durationMs: 60_000,
      picture: { durationMs: 60_000 },
    });
  });

  it('is what its packets say when the file says nothing, or much less', () => {
    const measured = { durationMs: 60_000, picture: { durationMs: 58_000 } };
    const timeline = { ...TIMELINE, picture: { ...TRACK, endMs: 58_000 } };
    expect(measuredSource({ ...SOURCE, durationMs: null }, timeline)).toMatchObject(measured);
    expect(measuredSource({ ...SOURCE, durationMs: 20_000 }, timeline)).toMatchObject(measured);
  });
});
