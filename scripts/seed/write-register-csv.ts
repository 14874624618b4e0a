import { COMMISSIONS } from '#lib/domain/people/commissions.ts';
import {
  headingOf,
  HOLDING_TYPE_BY_WORD,
  LECTURE_CLASS_BY_WORD,
  REGISTER_FIELDS,
  type RegisterRow,
} from '#lib/server/register/register-columns.ts';

const wordFor = (meanings: Readonly<Record<string, string>>, meaning: string): string =>
  Object.entries(meanings).find(([, value]) => value === meaning)?.[0] ?? meaning;

const quote = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** The cells of a row by field, in the words of docs/register-csv.md. */
function cellsOf(row: RegisterRow): Record<keyof RegisterRow, string | null> {
  return {
    ...row,
    homeCommissionCode: COMMISSIONS.find(({ code }) => code === row.homeCommissionCode)?.nameJa ?? '',
    lectureClass: wordFor(LECTURE_CLASS_BY_WORD, row.lectureClass),
    holdingType: wordFor(HOLDING_TYPE_BY_WORD, row.holdingType),
  };
}

/** A register file (docs/register-csv.md) with these rows, as text with CRLF line ends. */
export function writeRegisterCsv(rows: readonly RegisterRow[]): string {
  const lines = rows.map((row) => {
    const cells = cellsOf(row);
    return REGISTER_FIELDS.map((field) => quote(cells[field] ?? '')).join(',');
  });
  return [REGISTER_FIELDS.map(headingOf).join(','), ...lines, ''].join('\r\n');
}
