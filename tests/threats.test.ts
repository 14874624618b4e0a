import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..');
const ROW = /^\| (?<threat>[^|]+) \| [^|]+ \| `(?<file>[^`]+)` › (?<title>.+) \|$/;

const rows = readFileSync(path.join(root, 'docs/threats.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| threat ') && !line.startsWith('| ---'));

const fileOf = (name: string) =>
  name.startsWith('e2e/') ? `tests/${name}.e2e.ts` : `tests/integration/${name}.test.ts`;

describe('each threat in docs/threats.md', () => {
  it('is in a table that can be read', () => {
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.filter((row) => !ROW.test(row))).toEqual([]);
  });

  it.each(rows)('is attacked: %s', (row) => {
    const { file = '', title = '' } = ROW.exec(row)?.groups ?? {};
    const test = path.join(root, fileOf(file));
    expect(existsSync(test), `${fileOf(file)} is not there`).toBe(true);
    // A title may be written with the other kind of quotation marks.
    expect(readFileSync(test, 'utf8').replaceAll("\\'", "'")).toContain(title);
  });
});
