import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fingerprint } from './fingerprint.ts';

const root = path.join(import.meta.dirname, '../..');
// What the build itself makes is left out.
const MADE = ['fonts', 'paraglide'];
const INPUTS = [
  ...readdirSync(path.join(root, 'src/lib'))
    .filter((folder) => !MADE.includes(folder))
    .map((folder) => `src/lib/${folder}`),
  ...['src/app.css', 'src/app.html', 'src/fonts.css', 'src/tokens.css', 'src/hooks.server.ts'],
  ...['src/service-worker.ts', 'src/routes', 'static', 'messages', 'project.inlang/settings.json'],
  ...['package-lock.json', 'svelte.config.js', 'vite.config.ts'],
  ...['scripts/support/one-language-scripts.ts', 'scripts/support/subset-fonts.ts'],
];

/** Builds the web application unless the build that is there was made of exactly these files. */
export async function buildWeb(): Promise<void> {
  const stamp = path.join(root, 'build/.made-of');
  const wanted = fingerprint(root, INPUTS);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const output: Buffer[] = [];
  const vite = spawn(
    process.execPath,
    [path.join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  vite.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  vite.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    vite.once('error', reject);
    vite.once('exit', resolve);
  });
  if (code !== 0)
    throw new Error(`the web application could not be built:\n${Buffer.concat(output).toString()}`);
  writeFileSync(stamp, wanted);
}
