import { describe, expect, it } from 'vitest';
import type { UsableSource } from './inspection.ts';
import { gainFor, inspectionOf, warningsAbout, type Loudness, type Stretches } from './video-warnings.ts';

const SOURCE: UsableSource = {
  container: 'mov',
  durationMs: 60_000,
  isEncrypted: false,
  picture: {
    stream: 0,
    codec: 'h264',
    isReadable: true,
    width: 1920,
    height: 1080,
    frameRate: { numerator: 30_000, denominator: 1_001 },
    durationMs: 60_000,
    isInterlaced: false,
    isHdr: false,
  },
  sound: { stream: 1, codec: 'aac', isReadable: true, channels: 2, sampleRateHz: 48_000, otherCount: 0 },
};
const LOUDNESS: Loudness = { integratedLufs: -23.4, truePeakDbtp: -6, rangeLu: 5, thresholdLufs: -33 };
const NOTHING: Stretches = { frozen: [], black: [], silent: [] };

const loud = (integratedLufs: number): Loudness => ({ ...LOUDNESS, integratedLufs });
const kinds = (source: UsableSource, loudness: Loudness | null = LOUDNESS, stretches = NOTHING) =>
  warningsAbout(source, loudness, stretches).map(({ kind }) => kind);

describe('warnings about a video', () => {
  it('are none for a video as it should be', () => {
    expect(kinds(SOURCE)).toEqual([]);
  });

  it('name what is odd about its picture', () => {
    const { picture } = SOURCE;
    expect(kinds({ ...SOURCE, picture: { ...picture, isInterlaced: true, isHdr: true } })).toEqual([
      'interlaced',
      'hdr',
    ]);
    expect(
      warningsAbout({ ...SOURCE, picture: { ...picture, width: 400, height: 700 } }, LOUDNESS, NOTHING),
    ).toEqual([{ kind: 'small_picture', side: 400 }]);
    expect(kinds({ ...SOURCE, picture: { ...picture, width: 720, height: 1280 } })).toEqual([]);
  });

  it('say that there are more sounds than one', () => {
    const source = { ...SOURCE, sound: { ...SOURCE.sound, otherCount: 2 } };
    expect(warningsAbout(source, LOUDNESS, NOTHING)).toEqual([{ kind: 'several_sounds', otherCount: 2 }]);
  });

  it('name the loudness from 3 LU beside −23 LUFS on, and what was done about it', () => {
    expect(kinds(SOURCE, loud(-26))).toEqual([]);
    expect(warningsAbout(SOURCE, loud(-31), NOTHING)).toEqual([
      { kind: 'loudness', integratedLufs: -31, gainDb: 8 },
    ]);
    expect(warningsAbout(SOURCE, loud(-14), NOTHING)).toEqual([
      { kind: 'loudness', integratedLufs: -14, gainDb: -9 },
    ]);
    expect(kinds(SOURCE, null)).toEqual(['no_sound_heard']);
  });

  it('leave out stretches that are too short to matter, and list no more than twenty', () => {
    const long = { fromMs: 5_000, toMs: 16_000 };
    const short = { fromMs: 30_000, toMs: 31_000 };
    expect(
      warningsAbout(SOURCE, LOUDNESS, { frozen: [long], black: [short, long], silent: [long, short] }),
    ).toEqual([
      { kind: 'black', stretches: [long], count: 1 },
      { kind: 'silent', stretches: [long], count: 1 },
    ]);
    const many = Array.from({ length: 500 }, (_, n) => ({ fromMs: n * 10_000, toMs: n * 10_000 + 5_000 }));
    const [warning] = warningsAbout(SOURCE, LOUDNESS, { ...NOTHING, black: many });
    expect(warning).toMatchObject({ kind: 'black', count: 500 });
    expect(warning?.kind === 'black' && warning.stretches).toHaveLength(20);
  });
});

describe('the gain for a sound', () => {
  it('brings it to −23 LUFS, but lifts no noise of an empty room', () => {
    expect(gainFor(loud(-30))).toBe(7);
    expect(gainFor(loud(-12))).toBe(-11);
    expect(gainFor(loud(-60))).toBe(20);
    expect(gainFor(null)).toBe(0);
  });
});

describe('what is kept of an inspection', () => {
  it('are the facts that an administrator can use', () => {
    expect(inspectionOf(SOURCE, { loudness: LOUDNESS, warnings: [] })).toEqual({
      durationMs: 60_000,
      picture: { codec: 'h264', width: 1920, height: 1080, framesPerSecond: 29.97 },
      sound: { codec: 'aac', channels: 2, sampleRateHz: 48_000 },
      loudness: LOUDNESS,
      warnings: [],
    });
  });

  it('does without a picture, a sound or a rate', () => {
    const picture = { ...SOURCE.picture, frameRate: { numerator: 0, denominator: 0 } };
    const kept = inspectionOf({ ...SOURCE, picture, sound: null }, { loudness: null, warnings: [] });
    expect(kept).toMatchObject({ picture: { framesPerSecond: null }, sound: null });
    expect(inspectionOf({ ...SOURCE, picture: null }, { loudness: null, warnings: [] }).picture).toBeNull();
  });
});
