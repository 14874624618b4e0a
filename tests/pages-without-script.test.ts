import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..');
const ROUTES = path.join(root, 'src/routes');

const quiet = globSync('**/+page{.server,}.ts', { cwd: ROUTES })
  .filter((file) => /export const csr = false/.test(readFileSync(path.join(ROUTES, file), 'utf8')))
  .map((file) => path.dirname(file))
  .filter((folder, index, all) => all.indexOf(folder) === index);

const IMPORTED = /from '([^']+\.svelte)'/g;

/** The component with everything that it is made of. */
function withParts(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  if (HAS_ITS_SCRIPT.includes(path.basename(file))) return seen;
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(IMPORTED)) {
    withParts(
      name.startsWith('#lib/')
        ? path.join(root, 'src', name.slice(1))
        : path.resolve(path.dirname(file), name),
      seen,
    );
  }
  return seen;
}

/** What does nothing where no script runs. */
const NEEDS_SCRIPT =
  /\son[a-z]+=\{|\{on[a-z]+\}|\s(?:use|bind|transition|animate|in|out):|\$(?:state|effect)\b|\bonMount\(|\$app\/(?:forms|navigation)'/;

/** What brings itself to life by a script of its own. */
const HAS_ITS_SCRIPT = ['LecturePlayer.svelte'];

/** The frame has them for pages with scripts: without one they show nothing, and the browser says of itself that it loads. */
const OF_SCRIPTS_ALONE = ['LoadWhole.svelte', 'NavigationProgress.svelte'];

describe('a page that sends no script', () => {
  it('is among those that there are', () => {
    expect(quiet).toContain('.');
    expect(quiet).toContain('(learner)/lecture');
  });

  it.each(quiet)('has nothing that waits for one: %s', (folder) => {
    const parts = [
      ...withParts(path.join(ROUTES, folder, '+page.svelte')),
      ...withParts(path.join(ROUTES, '+layout.svelte')),
    ];
    const waiting = parts
      .filter((file) => ![...OF_SCRIPTS_ALONE, ...HAS_ITS_SCRIPT].includes(path.basename(file)))
      .map((file) => [path.relative(root, file), NEEDS_SCRIPT.exec(readFileSync(file, 'utf8'))?.[0].trim()])
      .filter(([, found]) => found !== undefined);
    expect(waiting).toEqual([]);
  });
});
