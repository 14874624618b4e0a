import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rememberRow, rememberRows } from '#lib/server/db/remember.ts';
import { together } from '#lib/server/db/together.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

let test: TestApp;
beforeAll(async () => {
  test = await makeTestApp();
});
afterAll(() => test.close());

const listCommissions = rememberRows((db, codes: readonly string[], isNational: boolean) =>
  db
    .selectFrom('commission')
    .where('code', '=', sql<string>`any(${codes})`)
    .where('isNational', '=', isNational)
    .where('phone', 'is', null)
    .orderBy('code')
    .limit(5)
    .select(['code', 'nameJa']),
);

describe('a statement that is remembered', () => {
  it('answers each call for its own values, in the columns of this house', async () => {
    const { app } = test;
    const add = (code: string) =>
      app.db
        .insertInto('commission')
        .values({ code, nameJa: `第${code}`, nameEn: code })
        .execute();
    for (const code of ['east', 'south', 'west']) await add(code);
    expect(await listCommissions(app.db, ['west', 'east'], false)).toEqual([
      { code: 'east', nameJa: '第east' },
      { code: 'west', nameJa: '第west' },
    ]);
    const asked = await Promise.all(
      [['east'], ['south'], [], ["south'; drop table driver; --"]].map((codes) =>
        together(app.pool, (db) => listCommissions(db, codes, false)),
      ),
    );
    expect(asked.map((rows) => rows.map(({ code }) => code))).toEqual([['east'], ['south'], [], []]);
    expect(await listCommissions(app.db, ['east'], true)).toEqual([]);
  });

  it('is prepared once by each connection, and no other statement is', async () => {
    const { app } = test;
    await app.db.connection().execute(async (db) => {
      const remembered = rememberRow(
        (_db, text: string) => sql<{ text: string }>`select ${text}::text as text`,
      );
      expect(await remembered(db, 'one')).toEqual({ text: 'one' });
      expect(await remembered(db, 'two')).toEqual({ text: 'two' });
      await sql`select ${'three'}::text as text, 3`.execute(db);
      const { rows } = await sql<{ calls: number }>`
        select generic_plans + custom_plans as calls from pg_prepared_statements
         where statement like '%as text%'`.execute(db);
      expect(rows).toEqual([{ calls: 2 }]);
    });
  });

  it('stands and falls with the transaction it is in', async () => {
    const { app } = test;
    const insert = rememberRow((db, code: string) =>
      db.insertInto('commission').values({ code, nameJa: code, nameEn: code }).returning('code'),
    );
    const undone = app.db.transaction().execute(async (trx) => {
      expect(await insert(trx, 'north')).toEqual({ code: 'north' });
      expect(await listCommissions(trx, ['north'], false)).toHaveLength(1);
      throw new Error('changed his mind');
    });
    await expect(undone).rejects.toThrow('changed his mind');
    expect(await listCommissions(app.db, ['north'], false)).toEqual([]);
  });

  it('is not built when its text would depend on a value', async () => {
    const depends = rememberRow((db, code: string | null) =>
      code === null
        ? db.selectFrom('commission').select('code')
        : db.selectFrom('commission').where('phone', 'is', null).select('code'),
    );
    await expect(depends(test.app.db, null)).rejects.toThrow('does not use');
    const reads = rememberRow((db, code: string) =>
      db.selectFrom('commission').where('code', '=', `${code}st`).select('code'),
    );
    await expect(reads(test.app.db, 'ea')).rejects.toThrow(TypeError);
  });
});
