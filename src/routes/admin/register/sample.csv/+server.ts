import { requireActor } from '#lib/http/guards.ts';
import { headingOf, REGISTER_FIELDS, type RegisterField } from '#lib/server/register/register-columns.ts';
import type { RequestHandler } from './$types.ts';

const BYTE_ORDER_MARK = '\u{FEFF}'; // by which spreadsheets know UTF-8
const SAMPLE: Readonly<Record<RegisterField, string>> = {
  licenceNumber: '990000000099',
  name: '見本 太郎',
  birthDate: '1985-12-04',
  address: '神奈川県横浜市旭区見本町1-2-3',
  homeCommissionCode: '神奈川県公安委員会',
  lectureClass: '優良',
  classAsOf: '2026-10-25',
  holdingType: '両方',
  cardRecordedOn: '2025-10-20',
  expiryDate: '2027-01-04',
  signingCertificateSubmittedOn: '2025-10-20',
  portalLinkedOn: '2025-10-22',
  suspendedUntil: '',
  lapseKind: '',
  lapsedOn: '',
};

/** A register file with its headings and one person who does not exist. */
export const GET: RequestHandler = (event) => {
  requireActor(event, 'administrator');
  const cells = REGISTER_FIELDS.map((field) => SAMPLE[field]);
  const text = [REGISTER_FIELDS.map(headingOf).join(','), cells.join(','), ''].join('\r\n');
  return new Response(BYTE_ORDER_MARK + text, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="koshu-register-sample.csv"',
    },
  });
};
