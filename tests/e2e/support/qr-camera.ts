import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { encode } from 'uqr';
import { cameraOf } from './camera.ts';

const QUIET_ZONE = 4;
const DARK = 0;
const LIGHT = 255;
/** What the camera sees: a QR code of some 500 px, not quite upright. */
const HELD =
  'scale=-2:500:flags=neighbor,pad=1280:720:(ow-iw)/2:(oh-ih)/2:color=white,rotate=0.05:fillcolor=white';

/** What Chromium shows as the camera's picture while a counter's camera looks at QR codes (`use.launchOptions`). */
export const QR_CAMERA = cameraOf('counter-qr');

function film(picture: string): void {
  const args = ['-v', 'error', '-y', '-loop', '1', '-i', picture, '-t', '0.4', '-r', '5'];
  const coding = ['-vf', `${HELD},format=yuvj420p`, '-c:v', 'mjpeg', '-q:v', '3', QR_CAMERA];
  execFileSync(process.env.FFMPEG_PATH ?? 'ffmpeg', [...args, ...coding]);
}

function fileNamed(name: string): string {
  mkdirSync(path.dirname(QR_CAMERA), { recursive: true });
  return path.join(path.dirname(QR_CAMERA), name);
}

/** From the next time on that a camera is opened, this text is before it as a QR code. */
export function holdQr(text: string): void {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  const file = fileNamed('counter-qr.pgm');
  const pixels = Buffer.from(data.flat().map((isDark) => (isDark ? DARK : LIGHT)));
  writeFileSync(file, Buffer.concat([Buffer.from(`P5\n${size} ${size}\n${LIGHT}\n`), pixels]));
  film(file);
}

/** The same of a picture (PNG) of somebody's screen. */
export function holdScreenshot(png: Buffer): void {
  const file = fileNamed('counter-screenshot.png');
  writeFileSync(file, png);
  film(file);
}
