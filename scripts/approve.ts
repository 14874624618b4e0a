/**
 * `npm run approve`: draws the pictures of the main pages anew (tests/e2e/approved), for somebody to look at before they are committed.
 * Each is packed with a palette, which is a quarter of the size and looks the same.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const PALETTE = 'split[a][b];[a]palettegen=max_colors=48:stats_mode=full[p];[b][p]paletteuse=dither=none';

const { status } = spawnSync(
  'playwright',
  ['test', '--project=phone', '--project=pc', '--update-snapshots=all', 'tests/e2e/approved.e2e.ts'],
  { cwd: root, stdio: 'inherit' },
);
let bytes = 0;
for (const file of globSync('tests/e2e/approved/*/*.png', { cwd: root })) {
  const picture = path.join(root, file);
  const packed = `${picture}.packed.png`;
  execFileSync(process.env.FFMPEG_PATH ?? 'ffmpeg', [
    ...['-v', 'error', '-y', '-i', picture, '-filter_complex', PALETTE],
    ...['-pred', 'mixed', '-compression_level', '9', packed],
  ]);
  renameSync(packed, picture);
  bytes += statSync(picture).size;
}
process.stdout.write(`${Math.round(bytes / 1024)} kB of pictures: look at each before you commit it\n`);
process.exitCode = status ?? 1;
