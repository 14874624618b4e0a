import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { VideoFolder } from './small-videos.ts';

const PICTURE = ['-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=5:duration=11'];
const TONE = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=11:sample_rate=48000'];
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

/** Boxes of an MP4 on the way to the one that is sought, which all contain one another directly. */
function findBox(bytes: Buffer, type: string, from = 0): number {
  const at = bytes.indexOf(type, from, 'latin1');
  if (at < 4) throw new Error(`no box ${type}`);
  return at;
}

/** Videos of some seconds that cameras, telephones and careless or ill-willed people produce. */
export function oddVideos(videos: VideoFolder) {
  const make = (name: string, ...flags: readonly string[]) =>
    videos.ffmpeg(name, ...PICTURE, ...TONE, ...flags);
  const patched = async (file: string, patch: (bytes: Buffer) => void) => {
    const bytes = await readFile(file);
    patch(bytes);
    return videos.write(`${randomUUID()}-patched`, bytes);
  };
  const transportStream = (...flags: string[]) => make('part.ts', ...H264, '-c:a', 'aac', ...flags);
  const joined = async (...parts: string[]) =>
    videos.write(`${randomUUID()}.ts`, Buffer.concat(await Promise.all(parts.map((part) => readFile(part)))));

  return {
    ordinary: (...flags: string[]) => make('plain.mp4', ...H264, '-c:a', 'aac', ...flags),
    make,
    patched,

    /** As a telephone held upright writes it: the picture lies, and a matrix turns it (ISO/IEC 14496-12 §8.3.2). */
    async turned() {
      return patched(await make('turned.mp4', ...H264, '-c:a', 'aac'), (bytes) => {
        const matrix = findBox(bytes, 'tkhd') + 44;
        [0, 0x1_0000, 0, -0x1_0000, 0, 0, 0, 0, 0x4000_0000].forEach((value, n) =>
          bytes.writeInt32BE(value, matrix + 4 * n),
        );
      });
    },
    /** The last picture is due an hour later: eleven seconds of sound and some kilobytes want to become an hour. */
    claimingAnHour: () =>
      make('hour.mkv', '-vf', "setpts='if(eq(N,54),3600/TB,PTS)'", ...H264, '-c:a', 'aac'),
    /** Every picture claims to be 60,000 pixels high and wide (JPEG's SOF0, ITU-T T.81 §B.2.2). */
    async hugeJpegs() {
      return patched(await make('huge.mov', '-c:v', 'mjpeg', '-c:a', 'pcm_s16le'), (bytes) => {
        for (let at = bytes.indexOf('ffc0', 0, 'hex'); at > 0; at = bytes.indexOf('ffc0', at + 9, 'hex'))
          if (bytes.readUInt16BE(at + 2) === 17) bytes.writeUInt32BE(0xea60_ea60, at + 5);
      });
    },
    /** Noise where the pictures are, from the third tenth to the ninth. */
    async disturbed() {
      return patched(await make('noise.mp4', ...H264, '-c:a', 'aac'), (bytes) => {
        const [from, to] = [bytes.length * 0.3, bytes.length * 0.9].map(Math.floor);
        for (let at = from!; at < to!; at += 3) bytes[at] = (at * 89) % 251;
      });
    },
    /** Half-way all times fall back by five seconds (FLV tags). */
    async runningBackwards() {
      return patched(await make('back.flv', '-c:v', 'flv', '-c:a', 'aac'), (bytes) => {
        for (let at = 13; at + 15 < bytes.length; at += 15 + bytes.readUIntBE(at + 1, 3)) {
          const timeMs = bytes.readUIntBE(at + 4, 3);
          if (timeMs > 6_000) bytes.writeUIntBE(timeMs - 5_000, at + 4, 3);
        }
      });
    },
    /** Scrambled for a smart card: the bits are set, the rest is noise anyway. */
    async scrambled() {
      return patched(await transportStream(), (bytes) => {
        for (let at = 0; at < bytes.length; at += 188) {
          const pid = bytes.readUInt16BE(at + 1) & 0x1fff;
          if (pid === 0x100 || pid === 0x101) bytes[at + 3]! |= 0x80;
        }
      });
    },
    joinedRecordings: async () => joined(await transportStream(), await transportStream()),
    changingItsSize: async () => joined(await transportStream(), await transportStream('-s', '320x240')),
    changingItsSound: async () =>
      joined(await transportStream(), await transportStream('-ac', '2', '-ar', '44100')),
  };
}
