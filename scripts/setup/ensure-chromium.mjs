import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

export const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const JAPANESE_FONT = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc';

const isDebian = () =>
  existsSync('/etc/os-release') && /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));

/** Chromium and Japanese fonts for the end-to-end tests: taken as they are, or from Debian's packages where root may. */
export async function ensureChromium({ log }) {
  const hasFonts = process.platform !== 'linux' || existsSync(JAPANESE_FONT) || process.env.CHROMIUM_PATH;
  if (existsSync(CHROMIUM) && hasFonts) return;
  if (process.getuid?.() === 0 && isDebian()) {
    log('Chromium と日本語フォントを用意しています… / installing Chromium and Japanese fonts…');
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const options = { env: environment, stdio: ['ignore', 'ignore', 'inherit'] };
    spawnSync('apt-get', ['update', '-qq'], options);
    const packages = ['chromium', 'fonts-noto-cjk'];
    const { status } = spawnSync(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', ...packages],
      options,
    );
    if (status === 0 && existsSync(CHROMIUM)) return;
  }
  throw new Error(
    [
      'テストには Chromium と日本語フォントが必要です。入れてから、もう一度 npm test を実行してください。',
      'The tests need Chromium and Japanese fonts. Install them and run npm test again:',
      '  Debian/Ubuntu: sudo apt-get install chromium fonts-noto-cjk',
      '  elsewhere: install Chromium and set CHROMIUM_PATH to its program',
    ].join('\n'),
  );
}
