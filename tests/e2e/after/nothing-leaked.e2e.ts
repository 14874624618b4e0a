import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import pg from 'pg';
import { stackFacts } from '../support/stack-facts.ts';
import { TRACES_OF_TYPED_BIRTH, TYPED_BIRTH } from '../support/typed-birth.ts';

/** Runs when all journeys are over: what they left behind in the logs and in the database. */

interface SealedCard {
  readonly certificate: string;
}

function readAll(folder: string, ending: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(ending));
  return names.map((name) => readFileSync(path.join(folder, name), 'utf8'));
}

const logs = () => readAll(path.join(stackFacts().folder, 'logs'), '.log').join('\n');

const cards = () =>
  readAll(path.join(stackFacts().folder, 'test-ca/cards'), '.card.json').map(
    (text) => JSON.parse(text) as SealedCard,
  );

/** Every row of every table, as JSON text, by table. */
async function dumpTables(): Promise<Map<string, string>> {
  const client = new pg.Client({ connectionString: stackFacts().databaseUrl });
  await client.connect();
  const { rows: tables } = await client.query<{ schema: string; name: string }>(
    `select table_schema as schema, table_name as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const dump = new Map<string, string>();
  for (const { schema, name } of tables) {
    const { rows } = await client.query<{ text: string }>(
      `select to_jsonb(t)::text as text from "${schema}"."${name}" t`,
    );
    dump.set(name, rows.map(({ text }) => text).join('\n'));
  }
  await client.end();
  return dump;
}

/** How a certificate may be written down: base64 (also inside a URL) and hexadecimal, told by its middle, where it is unlike any other. */
function tracesOf(certificate: string): string[] {
  const der = Buffer.from(certificate, 'base64');
  const commonName = /KOSHUTEST[0-9A-F]+/.exec(der.toString('latin1'))?.[0];
  const middle = certificate.slice(400, 440);
  const hex = der.subarray(300, 330).toString('hex');
  return [
    middle,
    encodeURIComponent(middle),
    hex,
    hex.toUpperCase(),
    ...(commonName === undefined ? [] : [commonName]),
  ];
}

const SESSION_TOKEN = /\b[a-z2-7]{40}\b/g;
const JSON_WEB_TOKEN = /eyJ[\w-]{10,}\.eyJ[\w-]{10,}/;
const PEM = /-----BEGIN [A-Z ]*(CERTIFICATE|PRIVATE KEY)-----/;
const PIN_IN_WORDS = /"?(pin|password)"?\s*[=:]/i;

test('the journeys have left something to look at', async () => {
  expect(cards().length).toBeGreaterThan(10);
  const dump = await dumpTables();
  expect(dump.get('audit_event')).toContain('session.begun');
  expect(dump.get('driver')).toContain('山田');
});

test('no log has a certificate, a common name, a PIN, a token or a name of a learner', async () => {
  const text = logs();
  const dump = await dumpTables();
  const sessions = dump.get('session') ?? '';
  for (const { certificate } of cards())
    for (const trace of tracesOf(certificate)) expect(text).not.toContain(trace);
  expect(text).not.toMatch(PEM);
  expect(text).not.toMatch(JSON_WEB_TOKEN);
  expect(text).not.toMatch(PIN_IN_WORDS);
  for (const token of text.match(SESSION_TOKEN) ?? []) {
    expect(sessions).not.toContain(createHash('sha256').update(token).digest('hex'));
  }
  for (const row of (dump.get('driver') ?? '').split('\n')) {
    const { name, address, licence_number } = JSON.parse(row) as Record<string, string>;
    for (const fact of [name, address, licence_number]) expect(text).not.toContain(fact);
  }
});

test('no table has a certificate, a common name or a token', async () => {
  for (const [table, text] of await dumpTables()) {
    for (const { certificate } of cards())
      for (const trace of tracesOf(certificate)) expect(text, table).not.toContain(trace);
    expect(text, table).not.toMatch(PEM);
    expect(text, table).not.toMatch(JSON_WEB_TOKEN);
    const hashes = (text.match(SESSION_TOKEN) ?? []).map((token) =>
      createHash('sha256').update(token).digest('hex'),
    );
    const sessions = (await dumpTables()).get('session') ?? '';
    for (const hash of hashes) expect(sessions, table).not.toContain(hash);
  }
});

test("names and addresses of learners are in the register's table alone", async () => {
  const dump = await dumpTables();
  const people = (dump.get('driver') ?? '')
    .split('\n')
    .map((row) => JSON.parse(row) as { name: string; address: string });
  for (const [table, text] of dump) {
    if (table === 'driver') continue;
    for (const { name, address } of people) {
      expect(text, table).not.toContain(name);
      expect(text, table).not.toContain(address);
    }
  }
});

test('a birth date that a visitor typed to ask is nowhere: no log, no table, no file', async ({
  request,
}) => {
  // As access-states.e2e.ts types it, once more, so that it surely was.
  const { origin } = stackFacts();
  const { count, year, month, day } = TYPED_BIRTH;
  const form = {
    ...{ birthCount: count, birthYear: year, birthMonth: month, birthDay: day },
    ...{ lectureClass: 'excellent', holdingType: 'both', link: 'done' },
  };
  const answer = await request.post(`${origin}/check`, { form, headers: { origin, accept: 'text/html' } });
  expect(answer.status()).toBe(200);
  expect(await answer.text()).toContain('答えを変えて、もう一度確かめる');
  const kept = await dumpTables();
  for (const trace of TRACES_OF_TYPED_BIRTH) {
    expect(logs(), trace).not.toContain(trace);
    for (const [table, text] of kept) expect(text, `${trace} in ${table}`).not.toContain(trace);
  }
  const data = path.join(stackFacts().folder, 'data');
  const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { parentPath, name } of files) {
    const bytes = readFileSync(path.join(parentPath, name));
    const found = TRACES_OF_TYPED_BIRTH.filter((trace) => bytes.includes(trace));
    expect(found, `${parentPath}/${name}`).toEqual([]);
  }
});
