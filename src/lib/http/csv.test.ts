import { describe, expect, it } from 'vitest';
import { csvText } from './csv.ts';

describe('a table as CSV', () => {
  it('keeps commas, quotes and line ends inside their field', () => {
    expect(csvText([['a,b', 'say "no"', 'one\r\ntwo', '警察署']])).toBe(
      '\u{FEFF}"a,b","say ""no""","one\r\ntwo",警察署\r\n',
    );
  });

  it.each(['=1+1', '+81', '-2', '@SUM(A1)', '\tx', '\rx'])('makes no formula of %j', (value) => {
    expect(csvText([[value]])).toMatch(/^\u{FEFF}"?'/u);
  });
});
