import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const root = path.join(import.meta.dirname, '../..');
const GENERATED = '.svelte-kit/generated/client-optimized';

/** What Vite wrote of a piece: its file, and the pieces that come with it. */
interface Piece {
  readonly file: string;
  readonly imports?: readonly string[];
}

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

const PLAYER = 'src/lib/client/mount-player.ts';
/** Every page has it, also one that sends no other. */
const LINE = 'src/lib/client/watch-line.ts';

/** Whether the page sends no script of SvelteKit's. */
function isWithoutScript(route: string): boolean {
  const folder = path.join(root, 'src/routes', route);
  return ['+page.ts', '+page.server.ts']
    .map((name) => path.join(folder, name))
    .some((file) => existsSync(file) && /export const csr = false/.test(readFileSync(file, 'utf8')));
}

/** The numbers of a page's parts: the frame of all pages, those of its folders, itself. */
function nodesOf(route: string): number[] {
  const escaped = route.replaceAll(/[()[\]/]/g, '\\$&');
  const entry = new RegExp(`"${escaped}": \\[~?(\\d+)(?:,\\[([\\d,]*)\\])?`).exec(
    read(`${GENERATED}/app.js`),
  );
  if (!entry) throw new Error(`the build knows no page ${route}`);
  const [, page = '', folders = ''] = entry;
  return [0, Number(page), ...folders.split(',').filter(Boolean).map(Number)];
}

/**
 * Kilobytes of scripts after gzip that the page loads in Japanese, by the build that is there: its own, those of every page, and `further`, files
 * that it loads itself. hls.js does not count.
 */
export function scriptKb(route: string, further: readonly string[] = []): number {
  const pieces = JSON.parse(read('.svelte-kit/output/client/.vite/manifest.json')) as Record<string, Piece>;
  const entries = Object.keys(pieces).filter(
    (key) => pieces[key]?.file.includes('/entry/') && key !== PLAYER,
  );
  const own = [...entries, ...nodesOf(route).map((node) => `${GENERATED}/nodes/${node}.js`)];
  const wanted = [LINE, ...(isWithoutScript(route) ? [] : own), ...further];
  const files = new Set<string>();
  const seen = new Set<string>();
  for (let key = wanted.pop(); key !== undefined; key = wanted.pop()) {
    const piece = pieces[key];
    if (!piece) throw new Error(`the build has no piece ${key}`);
    if (seen.has(key)) continue;
    seen.add(key);
    files.add(piece.file);
    wanted.push(...(piece.imports ?? []));
  }
  const bytes = [...files]
    .map((file) => read(`build/client/${file.replace('_app/immutable/', '_app/immutable/ja/')}`))
    .filter((script) => !(script.includes('bufferAppendError') && script.includes('manifestParsingError')))
    .reduce((sum, script) => sum + gzipSync(script, { level: 9 }).length, 0);
  return bytes / 1_000;
}
