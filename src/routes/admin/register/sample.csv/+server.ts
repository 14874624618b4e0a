import { requireActor } from '#lib/http/guards.ts';
import { headingOf, REGISTER_FIELDS } from '#lib/server/register/register-columns.ts';
import type { RequestHandler } from './$types.ts';

const BYTE_ORDER_MARK = '\u{FEFF}'; // by which spreadsheets know UTF-8
const SAMPLE_CELLS =
  '990000000099,見本 太郎,1985-12-04,神奈川県横浜市旭区見本町1-2-3,神奈川県公安委員会,優良,2026-10-25,両方,2025-10-20,2027-01-04,2025-10-20,2025-10-22,';

/** A register file with its headings and one person who does not exist. */
export const GET: RequestHandler = (event) => {
  requireActor(event, 'administrator');
  const text = [REGISTER_FIELDS.map(headingOf).join(','), SAMPLE_CELLS, ''].join('\r\n');
  return new Response(BYTE_ORDER_MARK + text, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="koshu-register-sample.csv"',
    },
  });
};
