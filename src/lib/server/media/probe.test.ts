import { describe, expect, it } from 'vitest';
import { readSource } from './probe.ts';

const VIDEO = {
  index: 0,
  codec_type: 'video',
  codec_name: 'h264',
  width: 1920,
  height: 1080,
  avg_frame_rate: '30000/1001',
};
const AUDIO = { index: 1, codec_type: 'audio', codec_name: 'aac', channels: 2, sample_rate: '48000' };

describe('what ffprobe says about a file', () => {
  it('is a picture, a sound and the longer of their lengths', () => {
    const streams = [
      { ...VIDEO, duration: '60.0' },
      { ...AUDIO, duration: '60.5' },
    ];
    expect(readSource({ streams, format: { format_name: 'mov,mp4,m4a' } })).toEqual({
      container: 'mov',
      durationMs: 60_500,
      isEncrypted: false,
      picture: {
        stream: 0,
        codec: 'h264',
        isReadable: true,
        isHdr: false,
        width: 1920,
        height: 1080,
        frameRate: { numerator: 30_000, denominator: 1_001 },
        durationMs: 60_000,
        isInterlaced: false,
      },
      sound: {
        stream: 1,
        codec: 'aac',
        isReadable: true,
        channels: 2,
        sampleRateHz: 48_000,
        otherCount: 0,
      },
    });
  });

  it('shows a telephone’s video upright', () => {
    const streams = [{ ...VIDEO, side_data_list: [{}, { rotation: -90 }] }];
    expect(readSource({ streams, format: {} }).picture).toMatchObject({ width: 1080, height: 1920 });
  });

  it('makes anamorphic pixels square', () => {
    const streams = [{ ...VIDEO, width: 1440, sample_aspect_ratio: '4:3' }];
    expect(readSource({ streams, format: {} }).picture).toMatchObject({ width: 1920, height: 1080 });
  });

  it('does not take the cover of a song for a picture', () => {
    const streams = [{ ...VIDEO, disposition: { attached_pic: 1 } }, AUDIO];
    expect(readSource({ streams, format: { duration: '200' } })).toMatchObject({
      picture: null,
      durationMs: 200_000,
    });
  });

  it('reads the lengths that Matroska keeps in tags, and does without any', () => {
    const tagged = { ...VIDEO, tags: { DURATION: '00:01:30.500000000' } };
    expect(readSource({ streams: [tagged, AUDIO], format: {} }).durationMs).toBe(90_500);
    expect(readSource({ streams: [VIDEO, AUDIO], format: {} }).durationMs).toBeNull();
  });

  it('takes the sound that is marked as the one to play, and counts the others', () => {
    const streams = [
      VIDEO,
      { ...AUDIO, disposition: { default: 0 } },
      { ...AUDIO, index: 2, disposition: { default: 1 } },
    ];
    expect(readSource({ streams, format: {} }).sound).toMatchObject({ stream: 2, otherCount: 1 });
    expect(readSource({ streams: [VIDEO, AUDIO, { ...AUDIO, index: 2 }], format: {} }).sound?.stream).toBe(1);
  });

  it.each([
    ['a sample entry of Common Encryption', { ...VIDEO, codec_tag_string: 'encv' }],
    ['one of FairPlay', { ...AUDIO, codec_tag_string: 'drms' }],
    ['a key that WebM names', { ...VIDEO, tags: { enc_key_id: 'AAECAwQFBgcICQoLDA0ODw==' } }],
    [
      'data to start decrypting with',
      { ...VIDEO, side_data_list: [{ side_data_type: 'Encryption initialization data' }] },
    ],
  ])('knows a protected file by %s', (_, stream) => {
    expect(readSource({ streams: [stream, AUDIO], format: {} }).isEncrypted).toBe(true);
  });

  it('knows HDR by its transfer function', () => {
    const transfers = ['smpte2084', 'arib-std-b67', 'bt709', undefined];
    const isHdr = transfers.map(
      (transfer) =>
        readSource({ streams: [{ ...VIDEO, ...(transfer && { color_transfer: transfer }) }], format: {} })
          .picture?.isHdr,
    );
    expect(isHdr).toEqual([true, true, false, false]);
  });

  it('knows interlaced pictures by their field order', () => {
    const streams = [{ ...VIDEO, field_order: 'tt' }];
    expect(readSource({ streams, format: {} }).picture?.isInterlaced).toBe(true);
  });
});
