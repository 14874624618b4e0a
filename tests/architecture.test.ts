import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue, FILES } from './support/catalogue.ts';

const root = path.join(import.meta.dirname, '..');
const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(path.join(root, file)));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const isCode = (file: string) =>
  /\.(ts|svelte|mjs)$/.test(file) && !/paraglide|server\/db\/tables\.ts/.test(file);
const code = tracked.filter(isCode);

describe('the tree', () => {
  it('holds no file of code longer than 250 lines', () => {
    const long = code.filter((file) => read(file).split('\n').length > 251);
    expect(long).toEqual([]);
  });

  it('has no drawer for everything', () => {
    expect(tracked.filter((file) => /\/(utils?|helpers?|common|misc|types)(\/|\.ts$)/.test(file))).toEqual(
      [],
    );
  });

  it('keeps end-to-end tests in tests/e2e and integration tests in tests/integration', () => {
    expect(tracked.filter((file) => file.includes('.e2e.') && !file.startsWith('tests/e2e/'))).toEqual([]);
  });

  it('silences no check and leaves no note to do something later', () => {
    const silenced = /@ts-(ignore|nocheck|expect-error)|eslint-disable|svelte-ignore|\b(TODO|FIXME|XXX)\b/;
    expect(code.filter((file) => file !== 'tests/architecture.test.ts' && silenced.test(read(file)))).toEqual(
      [],
    );
  });

  it('skips and focuses no test', () => {
    const halted = /\b(it|test|describe)\.(skip|only|todo|fixme)\(/;
    expect(code.filter((file) => file !== 'tests/architecture.test.ts' && halted.test(read(file)))).toEqual(
      [],
    );
  });

  it('has no words that nobody says', () => {
    const text = code
      .filter((file) => file.startsWith('src/'))
      .map(read)
      .join('\n');
    const said = new Set(text.match(/\w+/g));
    // m[`counter_fault_${fault}`]
    const beginnings = [...text.matchAll(/`([a-z]\w*_)\$\{/g)].map(([, beginning]) => beginning!);
    const isSaid = (key: string) =>
      said.has(key) || beginnings.some((beginning) => key.startsWith(beginning));
    expect(
      Object.keys(catalogue('ja', [...FILES.learner, ...FILES.office])).filter((key) => !isSaid(key)),
    ).toEqual([]);
  });

  it('places nothing at the left or the right: for readers of Urdu the page is turned round', () => {
    const side =
      /[\s'"`:](?:-?(?:m[lr]|p[lr]|left|right|border-[lr]|rounded-(?:[lr]|[tb][lr])|scroll-[mp][lr])-[\w[]|(?:text|float|clear)-(?:left|right)[\s'"`]|(?:margin|padding|border)-(?:left|right)\s*:)/;
    const pages = code.filter((file) => file.endsWith('.svelte'));
    expect(
      pages.filter((file) =>
        read(file)
          .split('\n')
          .some((line) => side.test(line)),
      ),
    ).toEqual([]);
  });

  it('says in docs/paths.md only paths that exist', () => {
    const named = [...read('docs/paths.md').matchAll(/`((?:src|migrations|scripts|tests)\/[^`]+)`/g)].map(
      ([, file]) => file!,
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });

  it('reads the environment in one place and at the doors of the processes', () => {
    const readers = code.filter((file) => file.startsWith('src/') && read(file).includes('process.env'));
    expect(
      readers.filter((file) => !/^src\/(server|web-process|worker|hooks\.server)\.ts$/.test(file)),
    ).toEqual([]);
  });
});

describe('the guarantees of the database', () => {
  const schema = read('migrations/schema.sql');
  it.each(['watched_interval', 'lease_event', 'answer', 'counter_act', 'audit_event', 'preview_answer'])(
    'keep %s append-only',
    (table) => {
      expect(schema).toMatch(
        new RegExp(
          `BEFORE (DELETE OR UPDATE|UPDATE OR DELETE|DELETE OR TRUNCATE OR UPDATE|[A-Z ]+) ON public\\.${table} `,
        ),
      );
    },
  );
});
