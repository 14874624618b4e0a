import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { CsvLine } from './read-register-csv.ts';
import {
  headingOf,
  HOLDING_TYPE_BY_WORD,
  LAPSE_KIND_BY_WORD,
  LECTURE_CLASS_BY_WORD,
  REGISTER_FIELDS,
  type RegisterField,
} from './register-columns.ts';
import { RegisterFileRefusal, type RegisterFault } from './register-faults.ts';

/** What no column reads as a value: it stands for what is no text, and for a code that there is not. */
const NO_VALUE = '\u{FFFD}';

type WordByCode = ReadonlyMap<string, string>;
const inverse = (codeByWord: Readonly<Record<string, string>>): WordByCode =>
  new Map(Object.entries(codeByWord).map(([word, code]) => [code, word]));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parse(bytes: Uint8Array): unknown[] {
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal('import_unreadable');
  }
  const drivers = isObject(document) ? document.drivers : undefined;
  if (!Array.isArray(drivers)) throw new Refusal('import_unreadable');
  if (drivers.length > LIMITS.importMaxRows) throw new Refusal('import_too_large');
  return drivers;
}

/**
 * The same lines as those of a CSV file, out of `{ "drivers": [{ "licenceNumber": …, … }] }`: the fields by their English names, class,
 * holding and commission as codes, null or nothing for an empty cell. Line 1 is the first driver. Refused: `import_unreadable`,
 * `import_too_large`, `import_empty`, and `import_wrong_columns` for names that are not known.
 */
export function readRegisterJson(
  bytes: Uint8Array,
  commissions: readonly { readonly code: string; readonly nameJa: string }[],
): CsvLine[] {
  const drivers = parse(bytes);
  if (drivers.length === 0) throw new Refusal('import_empty');
  const wordsOf: Partial<Record<RegisterField, WordByCode>> = {
    homeCommissionCode: new Map(commissions.map(({ code, nameJa }) => [code, nameJa])),
    lectureClass: inverse(LECTURE_CLASS_BY_WORD),
    holdingType: inverse(HOLDING_TYPE_BY_WORD),
    lapseKind: inverse(LAPSE_KIND_BY_WORD),
  };
  const known = new Set<string>(REGISTER_FIELDS);
  const faults: RegisterFault[] = [];
  const lines = drivers.map((driver, index): CsvLine => {
    const line = index + 1;
    if (!isObject(driver)) return { line, cells: [] }; // told as cell_count
    for (const name of Object.keys(driver)) {
      if (!known.has(name))
        faults.push({ line, column: name.slice(0, LIMITS.searchMaxLength), code: 'column_unknown' });
    }
    const cells = REGISTER_FIELDS.map((field) => {
      const value = Object.hasOwn(driver, field) ? (driver[field] ?? '') : '';
      if (typeof value !== 'string') return NO_VALUE;
      const words = wordsOf[field];
      return words === undefined || value === '' ? value.trim() : (words.get(value) ?? NO_VALUE);
    });
    return { line, cells };
  });
  if (faults.length > 0) {
    throw new RegisterFileRefusal(
      'import_wrong_columns',
      faults.slice(0, LIMITS.importMaxFaults),
      faults.length,
    );
  }
  return [{ line: 0, cells: REGISTER_FIELDS.map(headingOf) }, ...lines];
}
