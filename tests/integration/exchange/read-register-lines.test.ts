import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegisterRow } from '#lib/server/register/register-columns.ts';
import { writeRegisterCsv } from '../../../scripts/seed/write-register-csv.ts';
import { openDesk, register, send, type Desk } from './exchange-desk.ts';
import { type PartnerCard } from '../../support/partner-card.ts';

let desk: Desk;
let national: PartnerCard;
beforeAll(async () => {
  desk = await openDesk();
  national = await register(desk, '警察庁', null);
});
afterAll(() => desk.close());

const person = (number: number, changes: Partial<RegisterRow> = {}): RegisterRow => ({
  ...desk.hanako,
  licenceNumber: String(970_000_000_000 + number),
  ...changes,
});

describe('lines that are wrong', () => {
  it('are told with line, field and code, in JSON as in CSV', async () => {
    const csv = writeRegisterCsv([person(50), person(51, { birthDate: '1985-02-30' })]);
    expect(await send(desk, national, csv)).toMatchObject({
      status: 422,
      body: { faults: [{ line: 3, field: 'birthDate', column: '生年月日', code: 'date_impossible' }] },
    });
    const drivers = [
      { ...person(50), licenceNumber: 970_000_000_050 },
      { ...person(51), lectureClass: '優良', birthDate: ['1985-12-04'] },
      'somebody',
    ];
    const json = await send(desk, national, JSON.stringify({ drivers }), { type: 'application/json' });
    expect(json.status).toBe(422);
    const faults = json.body.faults as { line: number; field: string; code: string }[];
    expect(faults.map(({ line, field, code }) => `${line} ${field} ${code}`)).toEqual([
      '1 licenceNumber licence_number_invalid',
      '2 birthDate date_malformed',
      '2 lectureClass value_unknown',
      '3  cell_count',
    ]);
  });

  it('are told with names that are not known', async () => {
    const drivers = [{ ...person(50), sex: 'F', ['__proto__x']: 1 }];
    const answer = await send(desk, national, JSON.stringify({ drivers }), { type: 'application/json' });
    expect(answer).toMatchObject({
      status: 422,
      body: {
        code: 'import_wrong_columns',
        faults: [
          { line: 1, field: 'sex', code: 'column_unknown' },
          { line: 1, field: '__proto__x', code: 'column_unknown' },
        ],
      },
    });
  });
});
