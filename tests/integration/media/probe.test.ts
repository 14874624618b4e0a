import { afterAll, describe, expect, it } from 'vitest';
import { findSourceFault } from '#lib/domain/videos/inspection.ts';
import { probeSource } from '#lib/server/media/probe.ts';
import { makeVideoFolder } from '../../support/small-videos.ts';

const CONFIG = { ffprobePath: 'ffprobe' };
const videos = makeVideoFolder();
afterAll(() => videos.remove());

const faultOf = async (file: string) => findSourceFault(await probeSource(CONFIG, file));
const unreadable = { name: 'Refusal', code: 'video_unreadable' };

describe('looking into an uploaded file', () => {
  it('finds picture, sound and length of an ordinary video', async () => {
    const source = await probeSource(CONFIG, await videos.make());
    expect(source.picture).toMatchObject({
      width: 320,
      height: 240,
      frameRate: { numerator: 25, denominator: 1 },
    });
    expect(source.durationMs).toBeGreaterThanOrEqual(12_000);
    expect(source.durationMs).toBeLessThan(12_200);
    expect(findSourceFault(source)).toBeNull();
  });

  it('takes other containers too', async () => {
    expect(await faultOf(await videos.make({ name: 'video.mkv' }))).toBeNull();
    expect(await faultOf(await videos.make({ name: 'video.ts' }))).toBeNull();
  });

  it('says what is missing or too short', async () => {
    expect(await faultOf(await videos.make({ sound: 0 }))).toBe('video_no_sound');
    expect(await faultOf(await videos.make({ picture: false }))).toBe('video_no_picture');
    expect(await faultOf(await videos.make({ seconds: 5 }))).toBe('video_too_short');
  });

  it('refuses what is no video', async () => {
    await expect(
      probeSource(CONFIG, await videos.write('letter.mp4', 'これは動画ではありません。\n')),
    ).rejects.toMatchObject(unreadable);
    await expect(probeSource(CONFIG, await videos.write('nothing.mp4', ''))).rejects.toMatchObject(
      unreadable,
    );
  });

  it('refuses a file whose end, with the index in it, was cut off', async () => {
    const cut = await videos.cutOff(await videos.make(), 0.6);
    await expect(probeSource(CONFIG, cut)).rejects.toMatchObject(unreadable);
  });

  it('opens no other file and no address for a playlist that calls itself a video', async () => {
    const good = await videos.make({ name: 'inside.ts' });
    const playlist = (target: string) =>
      `#EXTM3U\n#EXT-X-TARGETDURATION:12\n#EXTINF:12,\n${target}\n#EXT-X-ENDLIST\n`;
    for (const content of [
      playlist('file:///etc/passwd'),
      playlist(`file://${good}`),
      playlist('http://127.0.0.1:9/x.ts'),
      `ffconcat version 1.0\nfile '${good}'\n`,
    ]) {
      await expect(probeSource(CONFIG, await videos.write('trap.mp4', content))).rejects.toMatchObject(
        unreadable,
      );
    }
  });

  it('is a fault, not a refusal, when ffprobe itself is missing', async () => {
    const missing = probeSource({ ffprobePath: '/nonexistent/ffprobe' }, await videos.make());
    await expect(missing).rejects.toThrow('/nonexistent/ffprobe could not be started');
  });
});
