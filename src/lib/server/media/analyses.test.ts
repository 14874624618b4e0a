import { describe, expect, it } from 'vitest';
import { readSoundAnalysis } from './analyse-sound.ts';
import { loudnessFilters } from './loudness.ts';
import { readPictureWatch } from './picture-watch.ts';

const SUMMARY = `[Parsed_ebur128_2 @ 0x55e2b7d93000] Summary:

  Integrated loudness:
    I:         -31.4 LUFS
    Threshold: -41.9 LUFS

  Loudness range:
    LRA:         4.3 LU
    Threshold: -51.9 LUFS
    LRA low:   -33.1 LUFS
    LRA high:  -28.8 LUFS

  True peak:
    Peak:       -7.2 dBFS`.split('\n');
const LOUDNESS = { integratedLufs: -31.4, thresholdLufs: -41.9, rangeLu: 4.3, truePeakDbtp: -7.2 };

describe('what ffmpeg says about a sound', () => {
  it('is its loudness', () => {
    expect(readSoundAnalysis(SUMMARY, 60_000)).toEqual({ loudness: LOUDNESS, silent: [] });
  });

  it('is where it is silent, up to the end', () => {
    const lines = [
      '[silencedetect @ 0x5555] silence_start: -0.01',
      '[silencedetect @ 0x5555] silence_end: 12.0463 | silence_duration: 12.0463',
      '[silencedetect @ 0x5555] silence_start: 44.5',
      ...SUMMARY,
    ];
    const first = { fromMs: 0, toMs: 12_046 };
    expect(readSoundAnalysis(lines, 60_000).silent).toEqual([first, { fromMs: 44_500, toMs: 60_000 }]);
    expect(readSoundAnalysis(lines, null).silent).toEqual([first]);
  });

  it('is no loudness when nothing was heard, or nothing was said', () => {
    const silence = SUMMARY.map((line) => line.replace('-31.4', '-70.0').replace('-7.2', '-inf'));
    expect(readSoundAnalysis(silence, 60_000).loudness).toBeNull();
    expect(readSoundAnalysis([], 60_000)).toEqual({ loudness: null, silent: [] });
  });

  it('is not believed when a title of the file says it', () => {
    const title = ['    title           : [silencedetect @ 0x5555] silence_start: 3', '    I:  5.0 LUFS'];
    expect(readSoundAnalysis([...title, ...SUMMARY], 60_000)).toEqual({ loudness: LOUDNESS, silent: [] });
  });

  it('is a refusal when the filters had to begin anew', () => {
    expect(() => readSoundAnalysis([...SUMMARY, ...SUMMARY], 60_000)).toThrow('video_sound_changes');
  });
});

describe('the filters for the loudness', () => {
  it('are a gain, and a limiter where peaks would be too high', () => {
    expect(loudnessFilters({ ...LOUDNESS, truePeakDbtp: -20 })).toEqual(['volume=8.40dB:precision=float']);
    expect(loudnessFilters({ ...LOUDNESS, truePeakDbtp: -3 })).toEqual([
      'volume=8.40dB:precision=float',
      'alimiter=limit=0.7943:level=disabled:attack=5:release=100',
    ]);
    expect(loudnessFilters({ ...LOUDNESS, integratedLufs: -13, truePeakDbtp: 0.4 })).toEqual([
      'volume=-10.00dB:precision=float',
    ]);
  });

  it('are none for a sound that is right, or that nobody hears', () => {
    expect(loudnessFilters({ ...LOUDNESS, integratedLufs: -23.2 })).toEqual([]);
    expect(loudnessFilters(null)).toEqual([]);
  });
});

describe('what the picture watch wrote', () => {
  it('are black and frozen stretches, which may lie in each other and last to the end', () => {
    const text = `frame:0    pts:0       pts_time:0
lavfi.black_start=0
frame:20   pts:20      pts_time:5
lavfi.black_end=5
frame:172  pts:172     pts_time:43
lavfi.freezedetect.freeze_start=13
lavfi.black_start=40.25
frame:196  pts:196     pts_time:49
lavfi.freezedetect.freeze_duration=36
lavfi.freezedetect.freeze_end=49
`;
    expect(readPictureWatch(text, 60_000)).toEqual({
      black: [
        { fromMs: 0, toMs: 5_000 },
        { fromMs: 40_250, toMs: 60_000 },
      ],
      frozen: [{ fromMs: 13_000, toMs: 49_000 }],
    });
  });

  it('is nothing when there was nothing', () => {
    expect(readPictureWatch('', 60_000)).toEqual({ black: [], frozen: [] });
  });
});
