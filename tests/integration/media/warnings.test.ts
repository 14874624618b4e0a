import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VideoWarning } from '#lib/domain/videos/video-warnings.ts';
import { sentVideos } from '../../support/sent-videos.ts';
import { makeVideoFolder } from '../../support/small-videos.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const videos = makeVideoFolder();
const CODED = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
const picture = (source: string, more = '') => ['-f', 'lavfi', '-i', `${source}=size=160x90:rate=5${more}`];

let test: TestApp;
let sent: Awaited<ReturnType<typeof sentVideos>>;
beforeAll(async () => {
  test = await makeTestApp();
  sent = await sentVideos(test, videos);
});
afterAll(async () => {
  videos.remove();
  await test.close();
});

/** By ffmpeg's own measurement, of what learners hear. */
function loudnessOf(file: string): number {
  const { stderr } = spawnSync('ffmpeg', [
    '-nostdin',
    '-i',
    file,
    '-vn',
    '-af',
    'ebur128',
    '-f',
    'null',
    '-',
  ]);
  return Number(
    /Integrated loudness:\s+I:\s+(-?[\d.]+) LUFS/.exec(stderr.toString().split('Summary:')[1]!)?.[1],
  );
}

/** A tone of a loudness in LUFS, about. */
const tone = (lufs: number, seconds: number) =>
  `sine=frequency=1000:duration=${seconds}:sample_rate=48000,volume=${lufs + 21}dB`;

const secondsOf = (warnings: readonly VideoWarning[], kind: 'frozen' | 'black' | 'silent') => {
  const found = warnings.find((warning) => warning.kind === kind);
  return found?.kind === kind
    ? found.stretches.map(({ fromMs, toMs }) => [Math.round(fromMs / 1_000), Math.round(toMs / 1_000)])
    : [];
};

describe('what an administrator should look at', () => {
  it('is where the picture is black or stands still, and where nothing is heard', async () => {
    const file = await videos.ffmpeg(
      'stretches.mp4',
      ...[...picture('color', ':color=black'), ...picture('testsrc'), ...picture('color', ':color=red')],
      ...['-f', 'lavfi', '-i', `${tone(-23, 28)},apad=whole_dur=45`],
      '-filter_complex',
      '[0]trim=duration=4[b];[1]trim=duration=6[t];[2]trim=duration=35[r];[b][t][r]concat=n=3[v]',
      ...['-map', '[v]', '-map', '3:a', ...CODED],
    );
    const { video, warnings, kinds } = await sent.made(file);
    expect(kinds).toEqual(['small_picture', 'frozen', 'black', 'silent']);
    expect(secondsOf(warnings, 'black')).toEqual([[0, 4]]);
    expect(secondsOf(warnings, 'frozen')).toEqual([[10, 45]]);
    expect(secondsOf(warnings, 'silent')).toEqual([[28, 45]]);
    expect(video.inspection).toMatchObject({
      picture: { codec: 'h264', width: 160, height: 90, framesPerSecond: 5 },
      sound: { codec: 'aac', sampleRateHz: 48_000 },
    });
  });

  it.each([
    ['too quiet', -38],
    ['too loud', -12],
  ])('is a sound that was %s, and now is right', async (_, lufs) => {
    const file = await videos.ffmpeg(
      'loudness.mp4',
      ...picture('testsrc'),
      '-f',
      'lavfi',
      '-i',
      tone(lufs, 11),
      '-shortest',
      ...CODED,
    );
    expect(Math.abs(loudnessOf(file) - lufs)).toBeLessThan(2);
    const { kinds, file: heard } = await sent.made(file);
    expect(kinds).toContain('loudness');
    expect(Math.abs(loudnessOf(heard) - -23)).toBeLessThan(0.6);
  });

  it('is a sound that nobody hears', async () => {
    const flags = ['-f', 'lavfi', '-i', 'anullsrc=sample_rate=48000', '-t', '11', ...CODED];
    const { kinds } = await sent.made(await videos.ffmpeg('mute.mp4', ...picture('testsrc'), ...flags));
    expect(kinds).toEqual(['small_picture', 'no_sound_heard', 'silent']);
  });
});
