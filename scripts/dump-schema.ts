/**
 * Migrates an empty PostgreSQL and writes what came out: `migrations/schema.sql` for people and
 * `src/lib/server/db/tables.ts` for the compiler. `--check` writes nothing and fails when either differs.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '#lib/server/db/embedded-postgres.ts';
import { migrateToLatest } from '#lib/server/db/migrate.ts';
import { freePort } from './support/free-port.ts';

const root = path.join(import.meta.dirname, '..');
const files = {
  schema: path.join(root, 'migrations/schema.sql'),
  tables: path.join(root, 'src/lib/server/db/tables.ts'),
};

/** The schema in a stable order: one line a column, constraint, index or trigger. */
async function describeSchema(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const lines = async (text: string) =>
    (await client.query<{ line: string }>(text)).rows.map((row) => row.line);
  const columns = await lines(`
    select format('%s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                  case when a.attnotnull then ' not null' else '' end,
                  coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) as line
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
       and c.relname not like 'kysely%' order by c.relname, a.attnum`);
  const constraints = await lines(`
    select format('%s: %s', conrelid::regclass, pg_get_constraintdef(oid)) as line from pg_constraint
     where connamespace = 'public'::regnamespace and conrelid <> 0 and contype <> 'n'
       and conrelid::regclass::text not like 'kysely%' order by 1`);
  const indexes = await lines(
    `select indexdef as line from pg_indexes where schemaname = 'public' and tablename not like 'kysely%' order by 1`,
  );
  const triggers = await lines(
    `select pg_get_triggerdef(oid) as line from pg_trigger where not tgisinternal order by tgrelid::regclass::text, tgname`,
  );
  await client.end();
  const section = (title: string, content: string[]) => `-- ${title}\n${content.join('\n')}\n`;
  return [
    '-- What the migrations make, written by `npm run db:types`. For reading and for comparing, not for running.\n',
    section('columns', columns),
    section('constraints', constraints),
    section('indexes', indexes),
    section('triggers', triggers),
  ].join('\n');
}

const folder = mkdtempSync(path.join(tmpdir(), 'koshu-schema-'));
chmodSync(folder, 0o755); // PostgreSQL may run as another user
const server = await startEmbeddedPostgres(path.join(folder, 'postgres'), await freePort(), 'schema', [
  '-c',
  'fsync=off',
]);
try {
  await server.createDatabase('schema');
  const url = server.urlFor('schema');
  await migrateToLatest(url, path.join(root, 'migrations'));
  const tables = path.join(folder, 'tables.ts');
  execFileSync(
    process.execPath,
    [
      path.join(root, 'node_modules/kysely-codegen/dist/cli/bin.js'),
      ...['--url', url, '--out-file', tables, '--camel-case', '--date-parser', 'string'],
      ...['--exclude-pattern', 'kysely*', '--type-mapping', '{"int8":"number"}'],
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const made = { schema: await describeSchema(url), tables: readFileSync(tables, 'utf8') };
  for (const [name, file] of Object.entries(files)) {
    const content = made[name as keyof typeof made];
    if (process.argv.includes('--check')) {
      if (readFileSync(file, 'utf8') !== content) {
        throw new Error(
          `${path.relative(root, file)} differs from the migrations: run \`npm run db:types\` and commit it`,
        );
      }
    } else writeFileSync(file, content);
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
