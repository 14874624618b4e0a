import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { appendFile, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface SmallVideo {
  readonly seconds?: number;
  readonly size?: string;
  /** Or as ffmpeg writes a ratio: `30000/1001`. */
  readonly framesPerSecond?: number | string;
  /** Seconds of sound; 0 for none. As long as the picture when it is not said. */
  readonly sound?: number;
  readonly picture?: boolean;
  /** The end of the name says the container. */
  readonly name?: string;
  readonly flags?: readonly string[];
}

export interface VideoFolder {
  /** Makes a real file with ffmpeg: a moving test picture and a tone; 12 seconds, 320 × 240, H.264 and AAC. */
  make(video?: SmallVideo): Promise<string>;
  /** Whatever else ffmpeg can make of these arguments. */
  ffmpeg(name: string, ...flags: readonly string[]): Promise<string>;
  /** A file with just this in it. */
  write(name: string, content: string | Buffer): Promise<string>;
  /** Makes an MP4 file so much larger, with bytes that no player reads (a `free` box, ISO/IEC 14496-12 §8.1.2). */
  pad(file: string, bytes: number): Promise<string>;
  /** Takes away what comes after this share of the file. */
  cutOff(file: string, share: number): Promise<string>;
  remove(): void;
}

/** A folder of small videos for a test file; `remove()` it in `afterAll`. */
export function makeVideoFolder(): VideoFolder {
  const folder = mkdtempSync(path.join(tmpdir(), 'koshu-videos-'));
  let made = 0;
  return {
    async make({
      seconds = 12,
      size = '320x240',
      framesPerSecond = 25,
      sound,
      picture = true,
      name,
      flags = [],
    } = {}) {
      const file = path.join(folder, `${(made += 1)}-${name ?? 'video.mp4'}`);
      const soundSeconds = sound ?? seconds;
      const lavfi = (source: string) => ['-f', 'lavfi', '-i', source];
      await run('ffmpeg', [
        ...['-nostdin', '-v', 'error', '-y'],
        ...(picture ? lavfi(`testsrc=size=${size}:rate=${framesPerSecond}:duration=${seconds}`) : []),
        ...(soundSeconds > 0 ? lavfi(`sine=frequency=440:duration=${soundSeconds}`) : []),
        ...(name?.endsWith('.webm')
          ? []
          : ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac']),
        ...flags,
        file,
      ]);
      return file;
    },
    async ffmpeg(name, ...flags) {
      const file = path.join(folder, `${(made += 1)}-${name}`);
      await run('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...flags, file]);
      return file;
    },
    async write(name, content) {
      const file = path.join(folder, name);
      await writeFile(file, content);
      return file;
    },
    async pad(file, bytes) {
      const box = Buffer.alloc(bytes);
      box.writeUInt32BE(bytes, 0);
      box.write('free', 4);
      await appendFile(file, box);
      return file;
    },
    async cutOff(file, share) {
      const { size } = await stat(file);
      await truncate(file, Math.floor(size * share));
      return file;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
