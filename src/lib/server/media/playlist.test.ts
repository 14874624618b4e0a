import { describe, expect, it } from 'vitest';
import { avcCodec, readPlaylist, timeline, writeMasterPlaylist, writeMediaPlaylist } from './playlist.ts';

describe('the playlist of a rendition', () => {
  const lines = writeMediaPlaylist([6, 6, 0.48]).split('\n');

  it('has the clear init segment before the first key', () => {
    expect(lines.indexOf('#EXT-X-MAP:URI="init.mp4"')).toBeGreaterThan(0);
    expect(lines.indexOf('#EXT-X-MAP:URI="init.mp4"')).toBeLessThan(
      lines.findIndex((line) => line.startsWith('#EXT-X-KEY')),
    );
  });

  it('names a key and an explicit vector for every segment', () => {
    expect(lines.filter((line) => line.startsWith('#EXT-X-KEY'))).toEqual([
      '#EXT-X-KEY:METHOD=AES-128,URI="key/0",IV=0x00000000000000000000000000000000',
      '#EXT-X-KEY:METHOD=AES-128,URI="key/1",IV=0x00000000000000000000000000000001',
      '#EXT-X-KEY:METHOD=AES-128,URI="key/2",IV=0x00000000000000000000000000000002',
    ]);
  });

  it('is finished and its target is no shorter than any segment', () => {
    expect(lines).toContain('#EXT-X-TARGETDURATION:6');
    expect(lines).toContain('#EXT-X-PLAYLIST-TYPE:VOD');
    expect(lines.at(-2)).toBe('#EXT-X-ENDLIST');
  });
});

describe('the playlist of the renditions', () => {
  it('says size, rate and codecs, and where each one is', () => {
    const text = writeMasterPlaylist([
      {
        side: 720,
        width: 1280,
        height: 720,
        framesPerSecond: 30_000 / 1_001,
        codecs: 'avc1.64001f,mp4a.40.2',
        peakBitsPerSecond: 900_000,
        averageBitsPerSecond: 500_000,
      },
    ]);
    expect(text).toContain(
      '#EXT-X-STREAM-INF:BANDWIDTH=900000,AVERAGE-BANDWIDTH=500000,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=29.970\n720/index.m3u8\n',
    );
  });
});

describe('what ffmpeg wrote', () => {
  const WRITTEN =
    '#EXTM3U\n#EXT-X-MAP:URI="init_0.mp4"\n#EXTINF:6.000000,\n0.m4s\n#EXTINF:4.500000,\n1.m4s\n';

  it('is read with its init segment and lengths', () => {
    expect(readPlaylist(`${WRITTEN}#EXT-X-ENDLIST\n`)).toEqual({
      initFile: 'init_0.mp4',
      segments: [
        { file: '0.m4s', seconds: 6 },
        { file: '1.m4s', seconds: 4.5 },
      ],
    });
  });

  it('is not believed when it stops in the middle', () => {
    expect(() => readPlaylist(WRITTEN)).toThrow(/unfinished/);
  });
});

describe('the timeline', () => {
  it('does not add up rounding errors over a long lecture', () => {
    const { segmentStartsMs, durationMs } = timeline(Array.from({ length: 300 }, () => 6.006));
    expect(segmentStartsMs.at(-1)).toBe(Math.round(299 * 6_006));
    expect(durationMs).toBe(1_801_800);
  });
});

describe('the codec of an init segment', () => {
  it('comes out of the avcC box', () => {
    expect(avcCodec(Buffer.from('....avcC\u0001\u0064\u0000\u001f', 'latin1'))).toBe('avc1.64001f');
  });

  it('is a fault when there is none', () => {
    expect(() => avcCodec(Buffer.from('ftypmoov'))).toThrow(/no H.264/);
  });
});
