import { describe, expect, it } from 'vitest';
import { findSourceFault, isCutOff, type Source } from './inspection.ts';

const PICTURE = {
  stream: 0,
  codec: 'h264',
  isReadable: true,
  isHdr: false,
  width: 1280,
  height: 720,
  frameRate: { numerator: 30, denominator: 1 },
  isInterlaced: false,
  durationMs: 60_000,
};
const SOUND = { stream: 1, codec: 'aac', isReadable: true, channels: 2, sampleRateHz: 48_000, otherCount: 0 };
const SOURCE: Source = {
  container: 'mov',
  durationMs: 60_000,
  picture: PICTURE,
  sound: SOUND,
  isEncrypted: false,
};

describe('the inspection of a source', () => {
  it('lets an ordinary video through', () => {
    expect(findSourceFault(SOURCE)).toBeNull();
    expect(findSourceFault({ ...SOURCE, durationMs: null })).toBeNull();
  });

  it('names what is missing', () => {
    expect(findSourceFault({ ...SOURCE, picture: null })).toBe('video_no_picture');
    expect(findSourceFault({ ...SOURCE, sound: null })).toBe('video_no_sound');
  });

  it('says that a file is protected rather than that something in it cannot be read', () => {
    const unknown = { ...PICTURE, codec: '', isReadable: false };
    expect(findSourceFault({ ...SOURCE, picture: unknown, isEncrypted: true })).toBe('video_encrypted');
    expect(findSourceFault({ ...SOURCE, picture: unknown })).toBe('video_unsupported');
    expect(findSourceFault({ ...SOURCE, sound: { ...SOUND, isReadable: false } })).toBe('video_unsupported');
  });

  it('knows the shortest and the longest video', () => {
    expect(findSourceFault({ ...SOURCE, durationMs: 9_999 })).toBe('video_too_short');
    expect(findSourceFault({ ...SOURCE, durationMs: 10_000 })).toBeNull();
    expect(findSourceFault({ ...SOURCE, durationMs: 2 * 3_600_000 })).toBeNull();
    expect(findSourceFault({ ...SOURCE, durationMs: 2 * 3_600_000 + 1 })).toBe('video_too_long');
  });

  it('does not open a picture that is made to fill the memory, or one that nobody can see', () => {
    expect(findSourceFault({ ...SOURCE, picture: { ...PICTURE, width: 65_535, height: 65_535 } })).toBe(
      'video_picture_too_large',
    );
    expect(findSourceFault({ ...SOURCE, picture: { ...PICTURE, width: 1, height: 1 } })).toBe(
      'video_picture_too_small',
    );
  });

  it('notices that the end of a file is missing, and forgives rounding', () => {
    expect(isCutOff(SOURCE, 59_900)).toBe(false);
    expect(isCutOff(SOURCE, 57_500)).toBe(false);
    expect(isCutOff(SOURCE, 40_000)).toBe(true);
    expect(isCutOff({ ...SOURCE, durationMs: null }, 1)).toBe(false);
  });
});
