import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal, type RefusalCode } from '#lib/domain/refusal.ts';
import { checkRegisterRows } from './check-register-rows.ts';
import { decodeCsv, readCsvLines } from './read-register-csv.ts';
import { RegisterFileRefusal } from './register-faults.ts';

const HEADINGS =
  '免許証番号,氏名,生年月日,住所,住所地公安委員会,講習区分,講習区分の基準日,保有状況,免許情報記録日,有効期間の末日,署名用電子証明書提出日,初回連携日,停止期間の末日';
const HANAKO =
  '990000000001,山田 花子,1985-12-04,神奈川県横浜市見本町1,神奈川県公安委員会,優良,2026-10-25,両方,2025-10-20,2027-01-04,2025-10-20,2025-10-22,';
const CONTEXT = {
  today: '2026-11-24',
  commissionCodeByName: new Map([
    ['神奈川県公安委員会', 'kanagawa'],
    ['東京都公安委員会', 'tokyo'],
  ]),
};

const file = (...lines: string[]) => [HEADINGS, ...lines].join('\r\n');
const read = async (bytes: Uint8Array) => checkRegisterRows(await readCsvLines(decodeCsv(bytes)), CONTEXT);
const readText = (text: string) => read(Buffer.from(text, 'utf8'));
/** Hanako's line with one cell changed. */
const hanako = (column: number, cell: string) => HANAKO.split(',').with(column, cell).join(',');

async function refused(reading: Promise<unknown>): Promise<Refusal> {
  const thrown: unknown = await reading.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(Refusal);
  return thrown as Refusal;
}

async function faultsOf(text: string, code: RefusalCode = 'import_rows_invalid') {
  const refusal = await refused(readText(text));
  expect(refusal.code).toBe(code);
  return (refusal as RegisterFileRefusal).faults;
}

describe('a register file', () => {
  it('may tell of lapses in two more columns, both or neither', async () => {
    const headings = `${HEADINGS},失効等の区分,失効等の日`;
    const read = (cells: string) => readText(`${headings}\n${HANAKO},${cells}`);
    expect(await read('やむを得ない失効,2026/11/1')).toMatchObject([
      { lapseKind: 'unavoidable', lapsedOn: '2026-11-01', suspendedUntil: null },
    ]);
    expect(await read('うっかり失効,2026-11-01')).toMatchObject([{ lapseKind: 'careless' }]);
    expect(await read('病気による取消し,2026-11-01')).toMatchObject([{ lapseKind: 'illnessRevocation' }]);
    expect(await read(',')).toMatchObject([{ lapseKind: null, lapsedOn: null }]);
    const faults = (cells: string) => faultsOf(`${headings}\n${HANAKO},${cells}`);
    expect(await faults('うっかり失効,')).toMatchObject([{ column: '失効等の日', code: 'lapse_incomplete' }]);
    expect(await faults(',2026-11-01')).toMatchObject([{ column: '失効等の区分', code: 'lapse_incomplete' }]);
    expect(await faults('失効,2026-11-01')).toMatchObject([{ code: 'value_unknown' }]);
    expect(await faults('うっかり失効,2026-11-25')).toMatchObject([{ code: 'date_in_future' }]);
    expect(await faults('うっかり失効')).toMatchObject([{ code: 'cell_count' }]);
  });

  it('is read', async () => {
    expect(await readText(file(HANAKO))).toEqual([
      {
        licenceNumber: '990000000001',
        name: '山田 花子',
        birthDate: '1985-12-04',
        address: '神奈川県横浜市見本町1',
        homeCommissionCode: 'kanagawa',
        lectureClass: 'excellent',
        classAsOf: '2026-10-25',
        holdingType: 'both',
        cardRecordedOn: '2025-10-20',
        expiryDate: '2027-01-04',
        signingCertificateSubmittedOn: '2025-10-20',
        portalLinkedOn: '2025-10-22',
        suspendedUntil: null,
        lapseKind: null,
        lapsedOn: null,
      },
    ]);
  });

  it('is the same in UTF-8, with byte order mark, and in Shift_JIS', async () => {
    const text = file(HANAKO.replace('山田', '髙﨑').replace('見本町1', '見本町①'));
    const plain = await readText(text);
    expect(await read(Buffer.from(`\u{FEFF}${text}`, 'utf8'))).toEqual(plain);
    // 髙, 﨑 and ① are in CP932 but not in Shift_JIS proper
    expect(await read(iconv.encode(text, 'cp932'))).toEqual(plain);
    expect(plain[0]?.name).toBe('髙﨑 花子');
  });

  it('may have its columns in another order, blank lines, quoted cells and dates as spreadsheets write them', async () => {
    const cells = (line: string) => line.split(',').toReversed();
    const quoted = cells(HANAKO.replace('1985-12-04', '1985/12/4')).map((cell) => `"${cell}"`);
    const text = [cells(HEADINGS).join(','), '', quoted.join(','), ',,,,,,,,,,,,', ''].join('\n');
    expect(await readText(text)).toEqual(await readText(file(HANAKO)));
  });

  it('with ten thousand rows is read whole', async () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => hanako(0, String(990_000_000_000 + index)));
    expect(await readText(file(...rows))).toHaveLength(10_000);
  });
});

describe('a file is refused', () => {
  it.each([
    ['as UTF-16', iconv.encode(file(HANAKO), 'utf16le', { addBOM: true })],
    ['as a workbook', Buffer.from('504b0304140006000800000021009fff81', 'hex')],
    ['as random bytes', Buffer.from([0xff, 0xfe, 0x00, 0x81, 0xfd, 0x90])],
  ])('%s: import_unreadable', async (_, bytes) => {
    expect(await refused(read(bytes))).toMatchObject({ code: 'import_unreadable' });
  });

  it('with a quotation mark that does not close: import_unreadable with its line', async () => {
    expect(await refused(readText(file(HANAKO, `"${HANAKO}`)))).toMatchObject({
      code: 'import_unreadable',
      detail: { line: 3 },
    });
  });

  it.each([
    ['nothing', ''],
    ['only line ends', '\r\n\r\n'],
    ['headings alone', HEADINGS],
  ])('with %s: import_empty', async (_, text) => {
    expect(await refused(readText(text))).toMatchObject({ code: 'import_empty' });
  });

  it('with other headings: import_wrong_columns, naming each', async () => {
    const text = `${HEADINGS.replace('氏名', '名前').replace('初回連携日', '住所')}\r\n${HANAKO}`;
    expect(await faultsOf(text, 'import_wrong_columns')).toEqual([
      { line: 1, column: '氏名', code: 'column_missing' },
      { line: 1, column: '初回連携日', code: 'column_missing' },
      { line: 1, column: '名前', code: 'column_unknown' },
      { line: 1, column: '住所', code: 'column_repeated' },
    ]);
  });

  it('with semicolons: import_wrong_columns', async () => {
    await faultsOf(file(HANAKO).replaceAll(',', ';'), 'import_wrong_columns');
  });
});

describe('a row is refused', () => {
  it.each([
    [0, '99000000001', '免許証番号', 'licence_number_invalid'],
    [0, '9.9E+11', '免許証番号', 'licence_number_invalid'],
    [1, '', '氏名', 'value_missing'],
    [1, '山'.repeat(101), '氏名', 'text_too_long'],
    [1, '山田\u{FFFD}', '氏名', 'text_unreadable'],
    [2, '1985-02-29', '生年月日', 'date_impossible'],
    [2, '1985-13-01', '生年月日', 'date_impossible'],
    [2, '昭和60年12月4日', '生年月日', 'date_malformed'],
    [2, '1985-12/04', '生年月日', 'date_malformed'],
    [2, '2026-11-25', '生年月日', 'date_in_future'],
    [4, '江戸公安委員会', '住所地公安委員会', 'value_unknown'],
    [5, '最優良', '講習区分', 'value_unknown'],
    [5, 'constructor', '講習区分', 'value_unknown'],
    [7, '', '保有状況', 'value_missing'],
    [8, '', '免許情報記録日', 'recording_date_missing'],
    [9, '1980-01-01', '有効期間の末日', 'expiry_before_birth'],
    [11, '2099-01-01', '初回連携日', 'date_in_future'],
    [12, '2026-04-31', '停止期間の末日', 'date_impossible'],
  ])('cell %d as "%s"', async (index, cell, column, code) => {
    expect(await faultsOf(file(hanako(index, cell)))).toEqual([{ line: 2, column, code }]);
  });

  it('with too few or too many cells', async () => {
    expect(await faultsOf(file('990000000001,山田 花子', `${HANAKO},`))).toEqual([
      { line: 2, column: '', code: 'cell_count' },
      { line: 3, column: '', code: 'cell_count' },
    ]);
  });

  it('when its licence number stands in the file already', async () => {
    expect(await faultsOf(file(HANAKO, hanako(0, '990000000002'), HANAKO))).toEqual([
      { line: 4, column: '免許証番号', code: 'licence_number_repeated', firstLine: 2 },
    ]);
  });

  it('and every fault of every row is named, with its line', async () => {
    const faults = await faultsOf(
      file(HANAKO, hanako(2, '1985-02-30'), '', hanako(0, 'x').replace('優良', '最優良')),
    );
    expect(faults.map(({ line, column, code }) => `${line} ${column} ${code}`)).toEqual([
      '3 生年月日 date_impossible',
      '3 免許証番号 licence_number_repeated',
      '5 免許証番号 licence_number_invalid',
      '5 講習区分 value_unknown',
    ]);
  });

  it('up to a bounded number, with the whole count', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => hanako(0, String(index)));
    const refusal = await refused(readText(file(...rows)));
    expect((refusal as RegisterFileRefusal).faults).toHaveLength(LIMITS.importMaxFaults);
    expect(refusal.detail).toEqual({ count: 300 });
  });
});
