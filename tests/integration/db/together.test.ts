import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '#lib/server/db/database.ts';
import { rememberRow, rememberRows } from '#lib/server/db/remember.ts';
import { together } from '#lib/server/db/together.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

let test: TestApp;
beforeAll(async () => {
  test = await makeTestApp();
});
afterAll(() => test.close());

const divide = rememberRow((_db, by: number) => sql<{ result: number }>`select 6 / ${by}::integer as result`);
const count = rememberRows(
  (_db, to: number) => sql<{ theNumber: number }>`select generate_series(1, ${to}::integer) as the_number`,
);
const describeValues = rememberRow(
  (_db, at: Date, words: readonly string[], nothing: string | null) =>
    sql<Record<string, unknown>>`
      select ${at}::timestamptz as seen_at, ${words}::text[] as words, ${nothing}::text as nothing,
             '2026-11-23'::date as a_day, 7::bigint as big, '{"a_key": [1]}'::jsonb as inner_one`,
);
const insert = rememberRow(
  (_db, code: string) =>
    sql`insert into commission (code, name_ja, name_en) values (${code}, ${code}, ${code})`,
);
const waitForLock = rememberRow((_db, key: number) => sql`select pg_advisory_xact_lock(${key}::bigint)`);
const sleep = rememberRow((_db, seconds: number) => sql`select pg_sleep(${seconds}::float8)`);

const codes = async () =>
  (await test.app.db.selectFrom('commission').where('phone', 'is', null).select('code').execute()).map(
    ({ code }) => code,
  );

describe('statements that are asked together', () => {
  it('answer each its own rows, as the database by itself does', async () => {
    const { app } = test;
    const at = new Date('2026-11-23T01:02:03.456Z');
    const values = [at, ['a', '"b",{}'], null] as const;
    for (let turn = 0; turn < 2; turn += 1) {
      const [four, numbers, none, described] = await together(app.pool, (db) =>
        Promise.all([divide(db, 2), count(db, 3), count(db, 0), describeValues(db, ...values)]),
      );
      expect(four).toEqual({ result: 3 });
      expect(numbers).toEqual([{ theNumber: 1 }, { theNumber: 2 }, { theNumber: 3 }]);
      expect(none).toEqual([]);
      expect(described).toEqual({
        seenAt: at,
        words: ['a', '"b",{}'],
        nothing: null,
        aDay: '2026-11-23',
        big: 7,
        innerOne: { a_key: [1] },
      });
      expect(described).toEqual(await describeValues(app.db, ...values));
    }
  });

  it('are prepared once a connection, beside what the database by itself prepares', async () => {
    const { app } = test;
    const { db, pool } = openDatabase(app.config.databaseUrl, 1);
    for (const by of [1, 2, 3]) {
      expect(await together(pool, (reader) => divide(reader, by))).toEqual({ result: 6 / by });
      expect(await divide(db, by)).toEqual({ result: 6 / by });
    }
    const { rows } = await sql<{ calls: number }>`
      select generic_plans + custom_plans as calls from pg_prepared_statements
       where statement like 'select 6 %'`.execute(db);
    expect(rows).toEqual([{ calls: 3 }, { calls: 3 }]);
    await db.destroy();
  });

  it('are one transaction: what one is refused, none has done', async () => {
    const { app } = test;
    const undone = together(app.pool, (db) => Promise.all([insert(db, 'northeast'), divide(db, 0)]));
    await expect(undone).rejects.toMatchObject({ code: '22012' });
    expect(await codes()).not.toContain('northeast');
    await together(app.pool, (db) => Promise.all([insert(db, 'northeast'), divide(db, 1)]));
    expect(await codes()).toContain('northeast');
  });

  it('are answered before the rest when somebody is in a hurry', async () => {
    const other = await test.app.pool.connect();
    await other.query('select pg_advisory_lock(36)');
    // Whoever waits for all before he goes on waits for ever here.
    const [unlocked] = await together(test.app.pool, (db) => {
      const first = divide(db, 2);
      db.hurry();
      const rest = waitForLock(db, 36);
      return Promise.all([first.then(() => other.query('select pg_advisory_unlock(36) as done')), rest]);
    });
    expect(unlocked.rows).toEqual([{ done: true }]);
    other.release();
  });

  it('are refused when a connection breaks, and asked again over a new one', async () => {
    const { app } = test;
    const { db, pool } = openDatabase(app.config.databaseUrl, 1);
    // The application tells of it and goes on.
    const goOn = () => undefined;
    pool.on('error', goOn);
    pool.on('connect', (client) => client.on('error', goOn));
    const asked = together(pool, (reader) => Promise.all([divide(reader, 1), sleep(reader, 20)]));
    const kill = async (): Promise<void> => {
      const { rows } = await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
         where query like 'select pg_sleep(%' and pid <> pg_backend_pid()`.execute(app.db);
      if (rows.length === 0) await kill();
    };
    await Promise.all([kill(), expect(asked).rejects.toMatchObject({ code: '57P01' })]);
    expect(await together(pool, (reader) => divide(reader, 2))).toEqual({ result: 3 });
    await db.destroy();
  });

  it('share a connection with nobody, however many ask', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        together(test.app.pool, (db) =>
          Promise.all([count(db, index % 7), divide(db, (index % 3) + 1), count(db, 2)]),
        ),
      ),
    );
    for (const [index, [numbers, divided, two]] of answers.entries()) {
      expect(numbers).toHaveLength(index % 7);
      expect(divided).toEqual({ result: 6 / ((index % 3) + 1) });
      expect(two).toHaveLength(2);
    }
  });

  it('are asked at once: what comes later is a fault, and nothing is asked of nobody', async () => {
    const { pool } = test.app;
    const late = together(pool, async (db) => {
      await divide(db, 1);
      return divide(db, 2);
    });
    await expect(late).rejects.toThrow('asked too late');
    expect(await together(pool, () => Promise.resolve('nothing'))).toBe('nothing');
  });

  it('tell where they were asked when they fail', async () => {
    const failed = together(test.app.pool, (db) => divide(db, 0));
    const { stack } = await failed.then(
      () => new Error('was answered'),
      (fault: unknown) => fault as Error,
    );
    expect(stack).toContain('together.test.ts');
  });
});
