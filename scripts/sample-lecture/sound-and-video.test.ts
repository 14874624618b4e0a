import { describe, expect, it } from 'vitest';
import { loudnessOf, SAMPLE_RATE } from './loudness.ts';
import { chapterSound, makeMusicBed } from './music.ts';
import { brakingMetres, DRY_FRICTION, reactionMetres, stoppingMetres } from './stopping.ts';
import { filterGraph, makeChapterVideo } from './video.ts';

describe('music', () => {
  it('measures a 997 Hz tone at 0 dBFS in one channel as −3.01 LUFS, as BS.1770 says', () => {
    const left = Float32Array.from({ length: SAMPLE_RATE * 5 }, (_, index) =>
      Math.sin((2 * Math.PI * 997 * index) / SAMPLE_RATE),
    );
    expect(loudnessOf({ left, right: new Float32Array(left.length) })).toBeCloseTo(-3.01, 1);
  });

  it('plays at −23 LUFS without clipping, and exactly as long as the chapter', { timeout: 30_000 }, () => {
    const bed = makeMusicBed();
    expect(loudnessOf(bed)).toBeCloseTo(-23, 1);
    const sound = Buffer.concat([...chapterSound(bed, 12_345, [4_000, 8_000])]);
    expect(sound.length).toBe(Math.round(12.345 * SAMPLE_RATE) * 4);
    const samples = new Int16Array(sound.buffer, sound.byteOffset, sound.length / 2);
    expect(samples.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0)).toBeLessThan(32_767 / 2);
    expect(samples.at(-1)).toBe(0);
  });
});

describe('stopping distance', () => {
  it('grows with the square of the speed where the brake is concerned', () => {
    expect(brakingMetres(80, DRY_FRICTION) / brakingMetres(40, DRY_FRICTION)).toBeCloseTo(4);
    expect(reactionMetres(36)).toBeCloseTo(10);
    expect(stoppingMetres(60, DRY_FRICTION)).toBeCloseTo(36.9, 1);
  });
});

describe('the video', () => {
  it('holds each slide, and fades between them, for as many frames as the chapter has', () => {
    const ends = [4_000, 9_000, 15_000];
    const slides = ends.map((endMs, index) => ({ file: '', startMs: ends[index - 1] ?? 0, endMs }));
    const graph = filterGraph({ slides, durationMs: 15_000 });
    const frames = (name: string) => Number(new RegExp(`\\[${name}\\]loop=loop=(\\d+)`).exec(graph)?.[1]) + 1;
    expect(['still0', 'in1', 'still1', 'in2', 'still2'].map(frames)).toEqual([120, 18, 132, 18, 162]);
    expect(graph).toContain('[held0][fade1][held1][fade2][held2]concat=n=5');
  });

  it('fails with the reason when ffmpeg is not there', async () => {
    const video = { slides: [], progressCarFile: '', sound: [], durationMs: 1_000, outFile: '/nowhere.mp4' };
    await expect(makeChapterVideo({ ...video, ffmpegPath: '/no/such/ffmpeg' })).rejects.toThrow('ENOENT');
  });
});
