import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const FFMPEG = process.env.FFMPEG_PATH ?? 'ffmpeg';
const FFPROBE = process.env.FFPROBE_PATH ?? 'ffprobe';

const answer = (program, ...flags) => {
  const { status, stdout } = spawnSync(program, ['-hide_banner', ...flags], { encoding: 'utf8' });
  return status === 0 ? stdout : '';
};

/** Whether ffmpeg and ffprobe run here, with the two encoders that make the segments. */
function isUsable() {
  const encoders = answer(FFMPEG, '-encoders');
  return answer(FFPROBE, '-version') !== '' && / libx264 /.test(encoders) && / aac /.test(encoders);
}

const isDebian = () =>
  existsSync('/etc/os-release') &&
  /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));

/** ffmpeg for transcoding: taken as it is, or from Debian's packages where root may (docs/decisions/0003-ffmpeg.md). */
export async function ensureFfmpeg({ log }) {
  if (isUsable()) return;
  if (process.getuid?.() === 0 && isDebian()) {
    log('ffmpeg を用意しています… / installing ffmpeg…');
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const options = { env: environment, stdio: ['ignore', 'ignore', 'inherit'] };
    spawnSync('apt-get', ['update', '-qq'], options);
    const { status } = spawnSync(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'ffmpeg'],
      options,
    );
    if (status === 0 && isUsable()) return;
  }
  throw new Error(
    [
      '動画の変換に ffmpeg(libx264 と AAC を含むもの)が必要です。入れてから、もう一度実行してください。',
      'Koshu needs ffmpeg with libx264 and AAC. Install it and run the command again:',
      '  Debian/Ubuntu: sudo apt-get install ffmpeg',
      '  Fedora: sudo dnf install ffmpeg (RPM Fusion)   Arch: sudo pacman -S ffmpeg',
      '  macOS: brew install ffmpeg   Windows: winget install Gyan.FFmpeg',
      '  elsewhere: set FFMPEG_PATH and FFPROBE_PATH to the two programs',
    ].join('\n'),
  );
}
