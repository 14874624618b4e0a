/**
 * `node scripts/access-report.ts`: after a whole run of the end-to-end tests, writes what axe looked at and found into the file that the
 * accessibility statement shows (src/routes/accessibility/results.json). Refuses when a screen was not looked at, so that half a run is no result.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { LookedAt } from '../tests/e2e/support/look.ts';

const root = path.join(import.meta.dirname, '..');
const target = path.join(root, 'src/routes/accessibility/results.json');
const looks = readFileSync(path.join(root, 'test-results/access.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as LookedAt);

const statesOf = (size: string) =>
  [...new Set(looks.filter(({ project }) => project === size).map(({ name }) => name))].toSorted();
const [last] = looks.slice(-1);
const [phone, pc] = [statesOf('phone'), statesOf('pc')];
if (!last || phone.length === 0 || pc.length === 0) throw new Error('run all end-to-end tests first');

const results = {
  testedOn: last.on,
  axe: last.axe,
  chromium: last.chromium,
  violations: looks.reduce((sum, { violations }) => sum + violations, 0),
  phone,
  pc,
};
const options = await resolveConfig(target);
writeFileSync(target, await format(JSON.stringify(results), { ...options, filepath: target }));
process.stdout.write(`${phone.length} + ${pc.length} states, ${results.violations} violations\n`);
