import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { drawPortrait } from '../../../scripts/seed/draw-portrait.ts';
import { LOOKS } from '../../../scripts/seed/portraits.ts';

const folder = path.join(import.meta.dirname, '../../../.data/e2e-cameras');

/** What Chromium shows as the camera's picture when this named person sits before it. */
export const cameraOf = (id: string) => path.join(folder, `${id}.mjpeg`);

/** Draws the person's portrait into the middle of a camera's picture. */
export function makeCamera(id: string): void {
  const look = LOOKS[id];
  if (!look) throw new Error(`no portrait is drawn for ${id}`);
  mkdirSync(folder, { recursive: true });
  const portrait = path.join(folder, `${id}.png`);
  writeFileSync(portrait, drawPortrait(look));
  const fit = 'scale=-2:720,pad=1280:720:(ow-iw)/2:0:color=0xe8eef5,format=yuvj420p';
  const args = ['-v', 'error', '-y', '-loop', '1', '-i', portrait, '-t', '2', '-r', '10', '-vf', fit];
  execFileSync(process.env.FFMPEG_PATH ?? 'ffmpeg', [...args, '-c:v', 'mjpeg', '-q:v', '3', cameraOf(id)]);
}
