import { execFileSync } from 'node:child_process';

/** A real JPEG of this size, drawn by ffmpeg. */
export function drawJpeg(width = 640, height = 480): Buffer {
  const source = `testsrc2=size=${width}x${height}:rate=1`;
  const args = [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    source,
    '-frames:v',
    '1',
    '-f',
    'image2',
    '-c:v',
    'mjpeg',
    'pipe:1',
  ];
  return execFileSync(process.env.FFMPEG_PATH ?? 'ffmpeg', args);
}
