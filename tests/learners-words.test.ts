import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { catalogue, FILES } from './support/catalogue.ts';

const root = path.join(import.meta.dirname, '..');
const OFFICE = /^src\/routes\/(?:admin|counter|officer|invitation)\//;
/** Menu and first page have officers' links beside learners', and show each his own. */
const FOR_BOTH = ['src/lib/http/menu.ts', 'src/routes/+page.svelte'];

const sources = new Map(
  globSync('src/**/*.{ts,svelte}', { cwd: root })
    .filter((file) => !/paraglide\/|\.test\.ts$|^src\/lib\/server\//.test(file))
    .map((file) => [file, readFileSync(path.join(root, file), 'utf8')]),
);

function importsOf(file: string): string[] {
  return [...sources.get(file)!.matchAll(/(?:from\s+|import\(?\s*)'([^']+)'/g)]
    .map(([, name]) => name!)
    .map((name) =>
      name.startsWith('#lib/')
        ? name.replace('#lib/', 'src/lib/')
        : path.posix.join(path.posix.dirname(file), name),
    )
    .filter((name) => sources.has(name));
}

function reachable(from: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const open = [...from];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    open.push(...importsOf(file));
  }
  return seen;
}

it('pages of learners and visitors say no word that only officers have', () => {
  expect(FOR_BOTH.filter((file) => !sources.has(file))).toEqual([]);
  const pages = [...sources.keys()].filter((file) => file.startsWith('src/routes/') && !OFFICE.test(file));
  const office = new Set(Object.keys(catalogue('ja', FILES.office)));
  const wrong = [...reachable(pages)]
    .filter((file) => !FOR_BOTH.includes(file))
    .flatMap((file) =>
      [...sources.get(file)!.matchAll(/\bm\.(\w+)/g)]
        .filter(([, key]) => office.has(key!))
        .map(([, key]) => `${file}: ${key}`),
    );
  expect(wrong).toEqual([]);
});
