import { describe, expect, it } from 'vitest';
import { avcCodec, peakBitsPerSecond, writeMasterPlaylist, writeMediaPlaylist } from './playlist.ts';

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

  it('does not say a frame rate where none is given', () => {
    const low = { side: 144, width: 256, height: 144, codecs: 'avc1.64000b,mp4a.40.2' };
    const text = writeMasterPlaylist([
      { ...low, framesPerSecond: null, peakBitsPerSecond: 70_000, averageBitsPerSecond: 60_000 },
    ]);
    expect(text).toContain('RESOLUTION=256x144\n144/index.m3u8\n');
  });
});

describe('the peak rate', () => {
  it('is that of the busiest segment', () => {
    expect(peakBitsPerSecond([6_000, 12_000, 3_000], [6, 6, 6])).toBe(16_000);
  });

  it('is not that of a last segment of one picture', () => {
    expect(peakBitsPerSecond([6_000, 6_000, 5_000], [6, 6, 0.04])).toBe(Math.ceil((11_000 * 8) / 6.04));
    expect(peakBitsPerSecond([6_000], [0.5])).toBe(96_000);
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
