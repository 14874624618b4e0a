import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { CsvLine } from './read-register-csv.ts';
import {
  headingOf,
  LATER_FIELDS,
  REGISTER_COLUMNS,
  REGISTER_FIELDS,
  type RegisterContext,
  type RegisterField,
  type RegisterRow,
} from './register-columns.ts';
import { RegisterFileRefusal, type RegisterFault } from './register-faults.ts';

const asHeading = (cell: string): string => cell.normalize('NFKC').replaceAll(/\s/g, '');

interface Columns {
  readonly count: number;
  /** -1: the file has no such column, and a row's cell is empty. */
  readonly places: Readonly<Record<RegisterField, number>>;
}

/** Where each field stands in the file. Refused as `import_wrong_columns`, naming every heading that is missing or too much. */
function locateColumns({ line, cells }: CsvLine): Columns {
  const headings = cells.map(asHeading);
  const fields = REGISTER_FIELDS.map((field) => ({ field, heading: headingOf(field) }));
  const known = new Set(fields.map(({ heading }) => heading));
  const faults: RegisterFault[] = [
    ...fields
      .filter(({ field, heading }) => !LATER_FIELDS.has(field) && !headings.includes(heading))
      .map(({ heading }) => ({ line, column: heading, code: 'column_missing' as const })),
    ...headings
      .filter((heading) => !known.has(heading))
      .map((heading) => ({
        line,
        column: heading.slice(0, LIMITS.searchMaxLength),
        code: 'column_unknown' as const,
      })),
    ...headings
      .filter((heading, index) => known.has(heading) && headings.indexOf(heading) !== index)
      .map((heading) => ({ line, column: heading, code: 'column_repeated' as const })),
  ];
  if (faults.length > 0) {
    throw new RegisterFileRefusal(
      'import_wrong_columns',
      faults.slice(0, LIMITS.importMaxFaults),
      faults.length,
    );
  }
  const places = fields.map(({ field, heading }) => [field, headings.indexOf(heading)] as const);
  return { count: headings.length, places: Object.fromEntries(places) as Columns['places'] };
}

/** What is wrong between the cells of one line although each can be read. */
function disagreements(
  row: Partial<RegisterRow>,
  line: number,
  { onlyCommissionCode = null }: RegisterContext,
): RegisterFault[] {
  const faults: RegisterFault[] = [];
  if (
    row.homeCommissionCode !== undefined &&
    (onlyCommissionCode ?? row.homeCommissionCode) !== row.homeCommissionCode
  ) {
    faults.push({ line, column: headingOf('homeCommissionCode'), code: 'commission_foreign' });
  }
  if (row.birthDate !== undefined && row.expiryDate !== undefined && row.expiryDate <= row.birthDate) {
    faults.push({ line, column: headingOf('expiryDate'), code: 'expiry_before_birth' });
  }
  if (row.holdingType !== undefined && row.holdingType !== 'cardOnly' && row.cardRecordedOn === null) {
    faults.push({ line, column: headingOf('cardRecordedOn'), code: 'recording_date_missing' });
  }
  const lapse = [row.lapseKind, row.lapsedOn];
  if (!lapse.includes(undefined) && (row.lapseKind === null) !== (row.lapsedOn === null)) {
    const missing = row.lapseKind === null ? 'lapseKind' : 'lapsedOn';
    faults.push({ line, column: headingOf(missing), code: 'lapse_incomplete' });
  }
  return faults;
}

function readRow(
  { line, cells }: CsvLine,
  columns: Columns,
  context: RegisterContext,
): { row: Partial<RegisterRow>; faults: RegisterFault[] } {
  if (cells.length !== columns.count) {
    return { row: {}, faults: [{ line, column: '', code: 'cell_count' }] };
  }
  const row: Record<string, string | null> = {};
  const faults: RegisterFault[] = [];
  for (const field of REGISTER_FIELDS) {
    const reading = REGISTER_COLUMNS[field].read(cells[columns.places[field]] ?? '', context);
    if ('fault' in reading) faults.push({ line, column: headingOf(field), code: reading.fault });
    else row[field] = reading.value;
  }
  return { row, faults: [...faults, ...disagreements(row, line, context)] };
}

/**
 * All rows of a register file, or a refusal: `import_empty` without rows, `import_wrong_columns`, `import_rows_invalid` with every
 * fault. A licence number may stand in it once.
 */
export function checkRegisterRows(lines: readonly CsvLine[], context: RegisterContext): RegisterRow[] {
  const [headings, ...rest] = lines;
  if (!headings) throw new Refusal('import_empty');
  const columns = locateColumns(headings);
  if (rest.length === 0) throw new Refusal('import_empty');
  const rows: RegisterRow[] = [];
  const faults: RegisterFault[] = [];
  const firstLines = new Map<string, number>();
  for (const csvLine of rest) {
    const { row, faults: found } = readRow(csvLine, columns, context);
    const { line } = csvLine;
    const firstLine = row.licenceNumber === undefined ? undefined : firstLines.get(row.licenceNumber);
    if (firstLine !== undefined) {
      found.push({ line, column: headingOf('licenceNumber'), code: 'licence_number_repeated', firstLine });
    } else if (row.licenceNumber !== undefined) firstLines.set(row.licenceNumber, line);
    if (found.length === 0) rows.push(row as RegisterRow);
    else faults.push(...found);
  }
  if (faults.length > 0) {
    throw new RegisterFileRefusal(
      'import_rows_invalid',
      faults.slice(0, LIMITS.importMaxFaults),
      faults.length,
    );
  }
  return rows;
}
