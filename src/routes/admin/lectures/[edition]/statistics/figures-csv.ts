import { csvField } from '#lib/http/csv.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Cell, ColumnKind, FigureTable } from './figure-tables.ts';
import { smallWords } from './statistics-words.ts';

const BYTE_ORDER_MARK = '\u{FEFF}'; // by which spreadsheets know UTF-8
const SECOND_MS = 1_000;

const HEADINGS: Partial<Record<ColumnKind, (facts: { heading: string }) => string>> = {
  people: m.statistics_csv_unit_people,
  share: m.statistics_csv_unit_share,
  time: m.statistics_csv_unit_seconds,
};

/** Bare numbers, with the unit in the heading: people, percent with one decimal, whole seconds. */
function valueOf(cell: Cell, kind: ColumnKind): string {
  if (cell === null) return csvField(smallWords());
  if (typeof cell === 'string') return csvField(cell);
  if (kind === 'share') return (cell * 100).toFixed(1);
  return String(kind === 'time' ? Math.round(cell / SECOND_MS) : cell);
}

/** One block a table, with its name in the first column of each line, for filters; blocks are parted by an empty line. */
export function figuresCsv(
  facts: readonly (readonly [string, string])[],
  tables: readonly FigureTable[],
): string {
  const blocks = tables.map(({ caption, columns, rows }) => [
    [
      m.statistics_csv_section(),
      ...columns.map(({ heading, kind }) => HEADINGS[kind]?.({ heading }) ?? heading),
    ]
      .map(csvField)
      .join(','),
    ...rows.map((row) =>
      [csvField(caption), ...row.map((cell, index) => valueOf(cell, columns[index]!.kind))].join(','),
    ),
  ]);
  const head = facts.map((fact) => fact.map(csvField).join(','));
  return BYTE_ORDER_MARK + [head, ...blocks].map((lines) => `${lines.join('\r\n')}\r\n`).join('\r\n');
}
