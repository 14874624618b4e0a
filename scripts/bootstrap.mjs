/**
 * The door of `npm run demo` and `npm test`: runs on the Node that the machine has (20 or later) with nothing installed,
 * installs what is missing, and goes on with the Node that package.json brings.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensureChromium } from './setup/ensure-chromium.mjs';
import { ensureFfmpeg } from './setup/ensure-ffmpeg.mjs';

const root = path.join(import.meta.dirname, '..');
const stamp = path.join(root, 'node_modules/.koshu-installed');
const log = (line) => process.stderr.write(`${line}\n`);

const OLDEST_NODE = 20;
if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  log(`Koshu には Node.js ${OLDEST_NODE} 以上が必要です。 / Koshu needs Node.js ${OLDEST_NODE} or later.`);
  process.exit(1);
}

function installPackages() {
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return Promise.resolve();
  log(
    'パッケージを用意しています(はじめは数分かかります)… / installing packages (some minutes the first time)…',
  );
  return new Promise((resolve, reject) => {
    // Not `npm ci`: it refuses a lock file without the optional packages of every platform, which not every registry has.
    const npm = spawn('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      stdio: 'inherit',
    });
    npm.once('error', reject);
    npm.once('exit', (code) => {
      if (code !== 0) return reject(new Error(`npm install ended with ${code}`));
      writeFileSync(stamp, wanted);
      resolve();
    });
  });
}

const [command, ...rest] = process.argv.slice(2);
const NEEDS = {
  demo: [ensureFfmpeg],
  test: [ensureFfmpeg, ensureChromium],
};
if (!(command in NEEDS)) {
  log(`unknown command ${command}`);
  process.exit(1);
}

try {
  // Debian's packages one after the other (apt locks), npm's beside them.
  const programs = (async () => {
    for (const ensure of NEEDS[command]) await ensure({ log });
  })();
  await Promise.all([installPackages(), programs]);
} catch (error) {
  log(`\n${error.message}`);
  process.exit(1);
}

const node = path.join(root, 'node_modules/.bin/node');
const environment = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}` };
process.on('SIGINT', () => undefined); // the child ends in order, then so do we
process.on('SIGTERM', () => child.kill('SIGTERM'));
const child = spawn(node, [path.join(root, `scripts/${command}.ts`), ...rest], {
  cwd: root,
  stdio: 'inherit',
  env: environment,
});
child.once('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
