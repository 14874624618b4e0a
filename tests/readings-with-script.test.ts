import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, type AST } from 'svelte/compiler';
import { expect, it } from 'vitest';
import { PAGES_WITH_READ } from '#lib/http/ruby.ts';

const root = path.join(import.meta.dirname, '..');
const IMPORTED = /from '([^']+\.svelte)'/g;

/** The component with everything that it is made of. */
function withParts(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, name = ''] of readFileSync(path.join(root, file), 'utf8').matchAll(IMPORTED))
    withParts(
      name.startsWith('#lib/')
        ? name.replace('#lib/', 'src/lib/')
        : path.posix.join(path.posix.dirname(file), name),
      seen,
    );
  return seen;
}

/** Figures, signs, names, addresses, and what others wrote: nothing of it is read by our table. */
const NO_WORDS = [
  /^index \+ 1$/,
  /\bsign\b|\? '✓'|'✓ '/,
  /^(?:person\??\.name|LANGUAGES\[\w+\]\.name|announcement\.(?:text|title)|title)$/,
  /^isJapanese \? nameJa : nameEn$/,
  /^(?:(?:contact\.)?phone|handOver\.number|formatReceiptNumber\(.*\)|link\.document|secretOf\(person\))$/,
];
/** Comes and goes with the line, over which readings would have to come. */
const WITHOUT_LINE = ['LineBanner.svelte'];

/** Nobody who has a script sees it, or nobody sees it at all: who has it read out hears the readings. */
const isUnseen = (element: AST.BaseElement | AST.Component) =>
  element.name === 'noscript' ||
  element.attributes.some(
    (it) => it.type === 'Attribute' && it.name === 'class' && JSON.stringify(it.value).includes('"sr-only"'),
  );

/** Text in the fragment that is written as it is, without `Read`. */
function unreadIn(source: string): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (typeof value !== 'object' || value === null) return;
    const node = value as AST.TemplateNode;
    if (node.type === 'ExpressionTag') {
      const { start, end } = node.expression as unknown as { start: number; end: number };
      const words = source.slice(start, end);
      if (!NO_WORDS.some((known) => known.test(words))) found.push(words);
    } else if (node.type === 'RegularElement' || node.type === 'Component') {
      if (!isUnseen(node)) visit(node.fragment.nodes);
    } else {
      for (const [name, part] of Object.entries(node))
        if (['nodes', 'fragment', 'consequent', 'alternate', 'body', 'fallback'].includes(name)) visit(part);
    }
  };
  visit(parse(source, { modern: true }).fragment);
  return found;
}

it.each([...PAGES_WITH_READ])('every word that a script writes on %s can have readings', (route) => {
  const parts = [...withParts('src/routes/+layout.svelte'), ...withParts(`src/routes${route}/+page.svelte`)];
  const unread = parts
    .filter((file) => !['Read.svelte', ...WITHOUT_LINE].includes(path.basename(file)))
    .flatMap((file) =>
      unreadIn(readFileSync(path.join(root, file), 'utf8')).map((words) => `${file}: ${words}`),
    );
  expect(unread).toEqual([]);
});
