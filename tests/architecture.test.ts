import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { REFUSAL_CODES } from '#lib/domain/refusal.ts';

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

const words = (locale: string) =>
  Object.assign(
    {},
    ...tracked
      .filter((file) => file.startsWith(`messages/${locale}/`))
      .map((file) => JSON.parse(read(file)) as Record<string, string>),
  ) as Record<string, string>;

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
    expect(Object.keys(words('ja')).filter((key) => !isSaid(key))).toEqual([]);
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
    expect(readers.filter((file) => !/^src\/(server|web-process|worker|hooks\.server)\.ts$/.test(file))).toEqual([]);
  });
});

describe('the words', () => {
  const japanese = words('ja');
  const english = words('en');

  it('are the same in Japanese and English, key for key', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(japanese).sort());
  });

  it('name the same facts in both', () => {
    const facts = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    const unlike = Object.keys(japanese).filter(
      (key) => JSON.stringify(facts(japanese[key]!)) !== JSON.stringify(facts(english[key]!)),
    );
    expect(unlike).toEqual([]);
  });

  it('exist for every refusal', () => {
    expect(REFUSAL_CODES.filter((refusal) => !japanese[`refusal_${refusal}`])).toEqual([]);
  });

  it('have no Japanese left in the English ones', () => {
    const left = Object.entries(english).filter(([, text]) => /[ぁ-んァ-ヶ]/.test(text));
    expect(left.map(([key]) => key)).toEqual([]);
  });

  it('never call the procedure 手続き or the completion record a certificate', () => {
    const wrong = Object.entries(japanese).filter(([, text]) => /手続き|修了証/.test(text));
    expect(wrong.map(([key]) => key)).toEqual([]);
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
