import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oddVideos } from '../../support/odd-videos.ts';
import { sentVideos } from '../../support/sent-videos.ts';
import { makeVideoFolder } from '../../support/small-videos.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const videos = makeVideoFolder();
const odd = oddVideos(videos);
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast'];

let test: TestApp;
let made: Awaited<ReturnType<typeof sentVideos>>['made'];
let refused: Awaited<ReturnType<typeof sentVideos>>['refused'];
beforeAll(async () => {
  test = await makeTestApp();
  ({ made, refused } = await sentVideos(test, videos));
});
afterAll(async () => {
  videos.remove();
  await test.close();
});

const PLAYABLE = { codec_name: 'h264', pix_fmt: 'yuv420p', sample_aspect_ratio: '1:1' };
const HEARD = { codec_name: 'aac', channels: 2, sample_rate: '48000' };

describe('an odd picture', () => {
  it('of a telephone held upright is upright', async () => {
    const { picture } = await made(await odd.turned());
    expect(picture).toMatchObject({ ...PLAYABLE, width: 120, height: 160 });
  });

  it('with pixels that are not square has the shape in which it is shown', async () => {
    const { picture } = await made(await odd.ordinary('-vf', 'setsar=4/3'));
    expect(picture).toMatchObject({ ...PLAYABLE, width: 214, height: 120 });
  });

  it('with odd sides, in full colour, comes out even and as players want it', async () => {
    const flags = [...H264, '-vf', 'scale=161:121', '-pix_fmt', 'yuv444p', '-c:a', 'aac'];
    const { picture } = await made(await odd.make('odd.mp4', ...flags));
    expect(picture).toMatchObject({ ...PLAYABLE, width: 160, height: 120 });
  });

  it('from a studio, in ProRes 4:2:2 with 10 bits, comes out as players want it', async () => {
    const flags = ['-c:v', 'prores_ks', '-pix_fmt', 'yuv422p10le', '-c:a', 'pcm_s24le', '-ar', '96000'];
    const { picture, sound } = await made(await odd.make('studio.mov', ...flags));
    expect(picture).toMatchObject(PLAYABLE);
    expect(sound).toMatchObject(HEARD);
  });

  it('in HEVC is read', async () => {
    const flags = [
      '-c:v',
      'libx265',
      '-preset',
      'ultrafast',
      '-x265-params',
      'log-level=error',
      '-c:a',
      'aac',
    ];
    const { picture, video } = await made(await odd.make('hevc.mp4', ...flags));
    expect(picture).toMatchObject(PLAYABLE);
    expect(video.inspection?.picture?.codec).toBe('hevc');
  });

  it('in HDR is shown with a warning', async () => {
    const tags = ['-color_primaries', 'bt2020', '-color_trc', 'smpte2084', '-colorspace', 'bt2020nc'];
    const flags = [...H264, '-pix_fmt', 'yuv420p10le', ...tags, '-c:a', 'aac'];
    const { picture, kinds } = await made(await odd.make('hdr.mkv', ...flags));
    expect(picture).toMatchObject(PLAYABLE);
    expect(kinds).toContain('hdr');
  });

  it('that is interlaced comes out whole, with a warning', async () => {
    const flags = [
      ...H264,
      '-pix_fmt',
      'yuv420p',
      '-flags',
      '+ilme+ildct',
      '-x264opts',
      'tff=1',
      '-c:a',
      'aac',
    ];
    const { picture, kinds } = await made(await odd.make('interlaced.mp4', '-vf', 'setfield=tff', ...flags));
    expect(picture).toMatchObject({ ...PLAYABLE, field_order: 'progressive' });
    expect(kinds).toContain('interlaced');
  });

  it('of 8K that stands still becomes one of 1080 lines, within what ffmpeg may use', async () => {
    const still = ['-f', 'lavfi', '-i', 'color=navy:size=7680x4320:rate=1:duration=10'];
    const tone = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=10'];
    const flags = [...H264, '-threads', '1', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
    const { picture } = await made(await videos.ffmpeg('8k.mp4', ...still, ...tone, ...flags));
    expect(picture).toMatchObject({ ...PLAYABLE, width: 1920, height: 1080 });
  }, 180_000);

  it('of one pixel is refused', async () => {
    const flags = ['-vf', 'scale=1:1', '-c:v', 'ffv1', '-pix_fmt', 'yuv444p', '-c:a', 'aac'];
    expect(await refused(await odd.make('dot.mkv', ...flags))).toBe('video_picture_too_small');
  });

  it('in a format of another time is refused with what to do', async () => {
    expect(await refused(await odd.make('old.avi', '-c:v', 'cinepak', '-c:a', 'mp3'))).toBe(
      'video_unsupported',
    );
  });

  it('that is only the cover of a song is none', async () => {
    for (const cover of ['mjpeg', 'png']) {
      const flags = ['-frames:v', '1', '-c:v', cover, '-disposition:v', 'attached_pic', '-c:a', 'aac'];
      expect(await refused(await odd.make('song.mp4', ...flags))).toBe('video_no_picture');
    }
  });
});

describe('odd times', () => {
  it('of pictures that come at an uneven pace become even', async () => {
    const flags = [...H264, '-vf', "select='lt(n,20)+not(mod(n,7))'", '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
    const { picture, video } = await made(await odd.make('uneven.mkv', ...flags));
    expect(picture).toMatchObject({ r_frame_rate: '10/1' });
    expect(video.durationMs).toBe(11_000);
  });

  it('of a thousand pictures a second become thirty', async () => {
    const flags = ['-vf', 'scale=32:32,fps=1000', ...H264, '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
    expect((await made(await odd.make('fast.mp4', ...flags))).picture).toMatchObject({
      r_frame_rate: '30/1',
    });
  });

  it('that begin below 0, or late, begin at 0', async () => {
    for (const offset of ['-3', '7200']) {
      const { video } = await made(await odd.ordinary('-output_ts_offset', offset, '-f', 'matroska'));
      expect(Math.abs(video.durationMs! - 11_000)).toBeLessThan(200);
    }
  });

  it('of recordings that were laid one behind the other become one line', async () => {
    const { video, segments } = await made(await odd.joinedRecordings());
    expect(Math.abs(video.durationMs! - 22_000)).toBeLessThan(500);
    expect(segments).toBe(4);
  });

  it('of a picture that changes its size go on, in the first size', async () => {
    const { video, picture } = await made(await odd.changingItsSize());
    expect(picture).toMatchObject({ ...PLAYABLE, width: 160, height: 120 });
    expect(Math.abs(video.durationMs! - 22_000)).toBeLessThan(500);
  });

  it('that run backwards, or of a sound that changes its form, are refused', async () => {
    expect(await refused(await odd.runningBackwards())).toBe('video_times_broken');
    expect(await refused(await odd.changingItsSound())).toBe('video_sound_changes');
  });
});

describe('odd sound', () => {
  it('in 5.1 is heard in stereo', async () => {
    expect((await made(await odd.ordinary('-ac', '6'))).sound).toMatchObject(HEARD);
  });

  it('that comes twice is the one that players take, with a warning', async () => {
    const silence = ['-f', 'lavfi', '-i', 'anullsrc=duration=11'];
    const tracks = [
      '-map',
      '0:v',
      '-map',
      '2:a',
      '-map',
      '1:a',
      '-disposition:a:0',
      '0',
      '-disposition:a:1',
      'default',
    ];
    const { video, kinds } = await made(
      await odd.make('two.mkv', ...silence, ...tracks, ...H264, '-pix_fmt', 'yuv420p', '-c:a', 'aac'),
    );
    expect(kinds).toContain('several_sounds');
    expect(video.inspection?.loudness).not.toBeNull();
  });
});

describe('an odd container', () => {
  it.each([
    ['WebM', 'x.webm', ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-c:a', 'libopus']],
    ['MPEG-TS', 'x.ts', [...H264, '-pix_fmt', 'yuv420p', '-c:a', 'mp2']],
    ['AVI', 'x.avi', ['-c:v', 'mpeg4', '-c:a', 'mp3']],
    ['MXF', 'x.mxf', ['-vf', 'fps=25', '-c:v', 'mpeg2video', '-c:a', 'pcm_s16le', '-ar', '48000']],
  ])('%s is read', async (_, name, flags) => {
    const { picture, sound } = await made(await odd.make(name, ...flags));
    expect(picture).toMatchObject(PLAYABLE);
    expect(sound).toMatchObject(HEARD);
  });

  it('brings captions and attachments that nobody asked for', async () => {
    const words = await videos.write('words.srt', '1\n00:00:01,000 --> 00:00:02,000\nこんにちは\n');
    const flags = ['-i', words, '-attach', words, '-metadata:s:t', 'mimetype=text/plain', '-c:s', 'srt'];
    const maps = ['-map', '0', '-map', '1', '-map', '2', ...H264, '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
    await made(await odd.make('extras.mkv', ...flags, ...maps));
  });
});

describe('a file that cannot be repaired', () => {
  it('because it is protected', async () => {
    const key = '00112233445566778899aabbccddeeff';
    const flags = ['-encryption_scheme', 'cenc-aes-ctr', '-encryption_key', key, '-encryption_kid', key];
    expect(await refused(await odd.ordinary(...flags))).toBe('video_encrypted');
    expect(await refused(await odd.scrambled())).toBe('video_encrypted');
  });

  it('because it is damaged, or claims more than there is', async () => {
    expect(await refused(await odd.disturbed())).toBe('video_damaged');
    expect(await refused(await odd.claimingAnHour())).toBe('video_times_broken');
  });
});
