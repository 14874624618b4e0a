const BYTE_ORDER_MARK = '\u{FEFF}'; // by which spreadsheets know UTF-8

/** A field of RFC 4180. What a spreadsheet would take for a formula, in words that somebody wrote, stays text. */
export function csvField(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Lines of fields as a file for spreadsheets. */
export function csvText(lines: readonly (readonly string[])[]): string {
  return BYTE_ORDER_MARK + lines.map((line) => `${line.map(csvField).join(',')}\r\n`).join('');
}
