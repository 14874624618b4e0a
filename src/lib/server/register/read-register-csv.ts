import { Readable } from 'node:stream';
import { CsvError, parse, type Info } from 'csv-parse';
import iconv from 'iconv-lite';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';

const SLICE_CHARACTERS = 64 * 1024;
const RECORD_MAX_CHARACTERS = 10_000;
const LINE_END = /[\r\n]/;
const UNREADABLE = /[\0\u{FFFD}]/u;

/** One line of the file that is not empty, with its cells trimmed. */
export interface CsvLine {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * The text of a CSV file: UTF-8 with or without byte order mark, else Shift_JIS as spreadsheets in Japan write it (CP932).
 * Refused as `import_unreadable` when it is neither.
 */
export function decodeCsv(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    const text = iconv.decode(Buffer.from(bytes), 'cp932');
    if (!UNREADABLE.test(text)) return text;
  }
  throw new Refusal('import_unreadable');
}

/** In slices, so that a large file does not keep everybody else waiting while it is parsed. */
function* slicesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; start += SLICE_CHARACTERS)
    yield text.slice(start, start + SLICE_CHARACTERS);
}

function assertNotTooLong(text: string): void {
  let count = 0;
  for (let at = text.search(LINE_END); at !== -1; at = text.indexOf(text.charAt(at), at + 1)) count += 1;
  if (count > LIMITS.importMaxRows + 1) throw new Refusal('import_too_large');
}

/**
 * The lines of a CSV text (RFC 4180). Refused as `import_too_large` when there are more than LIMITS.importMaxRows, and as
 * `import_unreadable` with the line when a quotation mark is out of place.
 */
export async function readCsvLines(text: string): Promise<CsvLine[]> {
  assertNotTooLong(text);
  const parser = parse({
    info: true,
    trim: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: RECORD_MAX_CHARACTERS,
  });
  const lines: CsvLine[] = [];
  try {
    const records: AsyncIterable<{ info: Info; record: string[] }> = Readable.from(slicesOf(text)).pipe(
      parser,
    );
    for await (const { info, record } of records) {
      lines.push({ line: info.lines, cells: record });
    }
  } catch (thrown) {
    if (thrown instanceof CsvError)
      throw new Refusal('import_unreadable', { line: Number(thrown['lines'] ?? 0) });
    throw thrown;
  }
  return lines;
}
