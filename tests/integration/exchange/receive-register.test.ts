import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegisterRow } from '#lib/server/register/register-columns.ts';
import { findDriverByLicenceNumber } from '#lib/server/register/find-driver.ts';
import { writeRegisterCsv } from '../../../scripts/seed/write-register-csv.ts';
import { openDesk, register, send, type Desk } from './exchange-desk.ts';
import { type PartnerCard } from '../../support/partner-card.ts';

let desk: Desk;
let kanagawa: PartnerCard;
let tokyo: PartnerCard;
let national: PartnerCard;
beforeAll(async () => {
  desk = await openDesk();
  kanagawa = await register(desk, '神奈川県警察', 'kanagawa');
  tokyo = await register(desk, '警視庁', 'tokyo');
  national = await register(desk, '警察庁', null);
});
afterAll(() => desk.close());
// Each file comes at its own time, and long after the last one's minute.
const later = () => desk.test.clock.advance(60_000);

const person = (number: number, changes: Partial<RegisterRow> = {}): RegisterRow => ({
  ...desk.hanako,
  licenceNumber: String(970_000_000_000 + number),
  ...changes,
});
const driver = (number: number) => findDriverByLicenceNumber(desk.app.db, String(970_000_000_000 + number));
const count = async (table: 'driver' | 'registerImport' | 'auditEvent') => {
  const query = desk.app.db.selectFrom(table).select((eb) => eb.fn.countAll<number>().as('count'));
  return (await query.executeTakeFirstOrThrow()).count;
};

describe('a partner sends the register', () => {
  it('as CSV; an administrator sees from whom it came', async () => {
    const answer = await send(desk, kanagawa, writeRegisterCsv([person(1), person(2)]));
    expect(answer).toMatchObject({
      status: 200,
      body: { mode: 'changes', rowCount: 2, heldBackCount: 0, heldBack: [], missing: null },
    });
    const imported = await desk.app.db
      .selectFrom('registerImport as i')
      .innerJoin('exchangePartner as p', 'p.id', 'i.partnerId')
      .where('i.id', '=', String(answer.body.importId))
      .select(['p.name', 'i.mode'])
      .executeTakeFirst();
    expect(imported).toEqual({ name: '神奈川県警察', mode: 'changes' });
  });

  it('as JSON: the same rows', async () => {
    later();
    await send(desk, kanagawa, writeRegisterCsv([person(3)]));
    const byCsv = await driver(3);
    later();
    const drivers = [person(3, { licenceNumber: '970000000004' })];
    const answer = await send(desk, kanagawa, JSON.stringify({ drivers }), { type: 'application/json' });
    expect(answer).toMatchObject({ status: 200, body: { rowCount: 1 } });
    const { id, licenceNumber, updatedAt } = byCsv!;
    expect({ ...(await driver(4)), id, licenceNumber, updatedAt }).toEqual(byCsv);
  });

  it('as docs/exchange.md shows it', async () => {
    later();
    const text = readFileSync(path.join(import.meta.dirname, '../../../docs/exchange.md'), 'utf8');
    const json = /```json\n(\{\n {2}"drivers"[\s\S]*?)```/.exec(text)?.[1] ?? '';
    expect(await send(desk, kanagawa, json, { type: 'application/json' })).toMatchObject({ status: 200 });
  });
});

describe('the same file again', () => {
  it('has the same answer, and does nothing twice', async () => {
    later();
    const file = writeRegisterCsv([person(10)]);
    const first = await send(desk, kanagawa, file);
    const before = [await count('registerImport'), await count('auditEvent')];
    later();
    const again = await send(desk, kanagawa, file);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect([await count('registerImport'), await count('auditEvent')]).toEqual(before);
  });

  it('is taken over when another has come in between: what it says holds again', async () => {
    const first = writeRegisterCsv([person(11)]);
    const other = writeRegisterCsv([person(11, { lectureClass: 'general' })]);
    for (const file of [first, other, first]) {
      later();
      expect((await send(desk, kanagawa, file)).headers['idempotent-replayed']).toBeUndefined();
    }
    expect(await driver(11)).toMatchObject({ lectureClass: 'excellent' });
  });

  it('with its key has its answer whatever came in between', async () => {
    later();
    const first = writeRegisterCsv([person(12)]);
    const answer = await send(desk, kanagawa, first, { key: 'a' });
    later();
    await send(desk, kanagawa, writeRegisterCsv([person(12, { lectureClass: 'general' })]), { key: 'b' });
    later();
    expect((await send(desk, kanagawa, first, { key: 'a' })).body).toEqual(answer.body);
    expect(await driver(12)).toMatchObject({ lectureClass: 'general' });
  });

  it('at once is taken over once', async () => {
    later();
    const file = writeRegisterCsv(Array.from({ length: 500 }, (_, index) => person(5_000 + index)));
    const before = await count('registerImport');
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => send(desk, kanagawa, file, { key: 'at once' })),
    );
    expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 409)).toEqual(
      [],
    );
    expect(await count('registerImport')).toBe(before + 1);
  });

  it('under its key with other content is refused', async () => {
    later();
    await send(desk, kanagawa, writeRegisterCsv([person(13)]), { key: 'once' });
    const other = await send(desk, kanagawa, writeRegisterCsv([person(14)]), { key: 'once' });
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    expect(await driver(14)).toBeUndefined();
  });
});

describe('a whole file', () => {
  it('marks who is not in it, and deletes nobody', async () => {
    later();
    const all = [person(20), person(21), person(22)];
    await send(desk, tokyo, writeRegisterCsv(all.map((row) => ({ ...row, homeCommissionCode: 'tokyo' }))));
    later();
    const whole = writeRegisterCsv([{ ...person(20), homeCommissionCode: 'tokyo' }]);
    const answer = await send(desk, tokyo, whole, { mode: 'whole' });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        rowCount: 1,
        missing: { count: 2, newCount: 2, newLicenceNumbers: ['970000000021', '970000000022'] },
      },
    });
    expect(await driver(21)).toMatchObject({ homeCommissionCode: 'tokyo', name: desk.hanako.name });
    const marked = await desk.app.db
      .selectFrom('driver')
      .where('notInWholeSince', 'is not', null)
      .select('licenceNumber')
      .orderBy('licenceNumber')
      .execute();
    expect(marked.map(({ licenceNumber }) => licenceNumber)).toEqual(['970000000021', '970000000022']);
    expect((await send(desk, tokyo, whole, { mode: 'whole' })).body).toEqual(answer.body);
  });

  it('unmarks who comes again', async () => {
    later();
    await send(desk, tokyo, writeRegisterCsv([{ ...person(21), homeCommissionCode: 'tokyo' }]));
    const { notInWholeSince } = await desk.app.db
      .selectFrom('driver')
      .where('licenceNumber', '=', '970000000021')
      .select('notInWholeSince')
      .executeTakeFirstOrThrow();
    expect(notInWholeSince).toBeNull();
  });

  it('of a national partner is one commission’s, and says whose', async () => {
    later();
    const file = writeRegisterCsv([person(30, { homeCommissionCode: 'osaka' })]);
    expect(await send(desk, national, file, { mode: 'whole' })).toMatchObject({
      status: 400,
      body: { code: 'malformed' },
    });
    const named = await send(desk, national, file, { mode: 'whole', query: '&commission=osaka' });
    expect(named).toMatchObject({ status: 200, body: { rowCount: 1, missing: { count: 0 } } });
  });
});

describe('other commissions’ drivers', () => {
  it('are not written by a prefecture: each line is told', async () => {
    later();
    const file = writeRegisterCsv([person(40), person(41, { homeCommissionCode: 'tokyo' })]);
    const answer = await send(desk, kanagawa, file);
    expect(answer).toMatchObject({
      status: 422,
      body: {
        code: 'import_rows_invalid',
        faultCount: 1,
        faults: [{ line: 3, field: 'homeCommissionCode', code: 'commission_foreign' }],
      },
    });
    expect(await driver(40)).toBeUndefined();
  });

  it('are not taken over by calling them one’s own, until the other has let them go', async () => {
    later();
    const file = writeRegisterCsv([person(42), person(20, { name: '別人 太郎' }), person(22)]);
    const answer = await send(desk, kanagawa, file);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        rowCount: 2, // the second was not in Tokyo's last whole file any more
        heldBackCount: 1,
        heldBack: [{ line: 3, field: 'licenceNumber', code: 'driver_of_other_commission' }],
      },
    });
    expect(await driver(20)).toMatchObject({ homeCommissionCode: 'tokyo', name: desk.hanako.name });
    expect(await driver(22)).toMatchObject({ homeCommissionCode: 'kanagawa' });
  });

  it('are moved by a national partner', async () => {
    later();
    expect(await send(desk, national, writeRegisterCsv([person(20)]))).toMatchObject({ status: 200 });
    expect(await driver(20)).toMatchObject({ homeCommissionCode: 'kanagawa' });
  });

  it('may not be asked for by name either', async () => {
    const answer = await send(desk, kanagawa, writeRegisterCsv([person(43)]), { query: '&commission=tokyo' });
    expect(answer).toMatchObject({ status: 403, body: { code: 'not_allowed' } });
  });
});
