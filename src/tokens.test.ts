import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(path.join(import.meta.dirname, 'tokens.css'), 'utf8');
const shades = readFileSync(
  path.join(createRequire(import.meta.url).resolve('@digital-go-jp/tailwind-theme-plugin'), '../v4.css'),
  'utf8',
);

type Tokens = ReadonlyMap<string, string>;
const declarations = (block: string): Tokens =>
  new Map([...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!]));

/** Blocks of the file by what stands before them. */
const block = (start: RegExp) => declarations(css.slice(css.search(start)).match(/:root \{([^}]*)\}/)![1]!);
const light = block(/^:root \{/m);
const dark = new Map([...light, ...block(/@media screen and \(prefers-color-scheme: dark\)/)]);
const more = block(/@media \(prefers-contrast: more\)/);
const palette = declarations(shades);

/** `#rrggbb` of a token; a token or shade that is nowhere is a fault. */
function colourOf(theme: Tokens, name: string): string {
  const value = theme.get(name) ?? palette.get(name);
  if (value === undefined) throw new Error(`${name} is not defined`);
  const reference = /^var\((--[\w-]+)\)$/.exec(value)?.[1];
  return reference === undefined ? value : colourOf(theme, reference);
}

/** WCAG 2.2, relative luminance of sRGB. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(theme: Tokens, one: string, other: string): number {
  const [low, high] = [one, other]
    .map((token) => luminance(colourOf(theme, `--${token}`)))
    .sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ['surface', 'surface-sunk', 'surface-deep'];
const SOFT = ['accent-soft', 'accent-mild', 'success-soft', 'warning-soft', 'danger-soft'];
const FILLS = ['accent', 'accent-strong', 'accent-deep', 'success', 'warning', 'danger'];
const pairs = (inks: string[], grounds: string[]) =>
  inks.flatMap((ink) => grounds.map((ground) => [ink, ground] as const));

/** WCAG 1.4.3: words. */
const WORDS = [
  ...pairs(['ink', 'ink-soft'], [...GROUNDS, ...SOFT]),
  ...pairs(['ink-faint', 'link', 'accent', 'success-ink', 'warning-ink', 'danger-ink'], GROUNDS),
  ...pairs(['link', 'accent'], ['accent-soft', 'accent-mild']),
  ['success-ink', 'success-soft'],
  ['warning-ink', 'warning-soft'],
  ['danger-ink', 'danger-soft'],
  ...pairs(['on-fill'], FILLS),
  ['on-flag', 'flag'],
  ...pairs(['on-stage'], ['stage', 'stage-bar', 'stage-hover']),
] as [string, string][];

/** WCAG 1.4.11: borders of controls, signs, and the ring around what has the focus. */
const SHAPES = [
  ...pairs(['line-strong', 'success', 'warning', 'danger', 'accent', 'focus'], GROUNDS),
  ...pairs(['focus'], SOFT),
  ...pairs(['accent'], ['accent-soft']),
  ...pairs(['flag'], ['stage', 'stage-bar', 'stage-hover']),
] as [string, string][];

describe.each([
  ['light', light],
  ['dark', dark],
  ['light with more contrast', new Map([...light, ...more])],
  ['dark with more contrast', new Map([...dark, ...more])],
])('the %s theme', (_, theme) => {
  it.each(WORDS)('can be read: %s on %s', (ink, ground) => {
    expect(contrast(theme, ink, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(SHAPES)('can be seen: %s on %s', (shape, ground) => {
    expect(contrast(theme, shape, ground)).toBeGreaterThanOrEqual(3);
  });
});

describe('the pages', () => {
  it('name colours by what they mean, so that every theme has them (src/tokens.css)', () => {
    const raw =
      /(?<![\w-])(?:bg|text|border|divide|outline|accent|fill|stroke|ring)-(?:white|black|(?:solid-gray|blue|green|orange|red|yellow)-\d+)(?![\w-])/g;
    const root = path.join(import.meta.dirname, '..');
    const files = execFileSync('git', ['ls-files', 'src/*.svelte', 'src/*.ts'], {
      cwd: root,
      encoding: 'utf8',
    });
    const left = files
      .split('\n')
      .filter((file) => file !== '' && !file.endsWith('.test.ts'))
      .flatMap((file) =>
        [...readFileSync(path.join(root, file), 'utf8').matchAll(raw)].map(([name]) => `${file}: ${name}`),
      );
    expect(left).toEqual([]);
  });

  it('have every token as a class', () => {
    expect(
      [...light.keys()].filter((name) => !css.includes(`--color${name.slice(1)}: var(${name});`)),
    ).toEqual([]);
  });
});
