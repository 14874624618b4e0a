import { Refusal, type RefusalCode } from '#lib/domain/refusal.ts';
import { m } from '#lib/paraglide/messages.js';
import { REGISTER_COLUMNS, REGISTER_FIELDS } from '../register/register-columns.ts';
import { RegisterFileRefusal, type RegisterFault } from '../register/register-faults.ts';
import type { Problem } from './schemas.ts';

const STATUS: Partial<Record<RefusalCode, number>> = {
  malformed: 400,
  import_unreadable: 400,
  certificate_missing: 401,
  certificate_malformed: 401,
  certificate_untrusted: 401,
  certificate_expired: 401,
  certificate_not_yet_valid: 401,
  certificate_wrong_purpose: 401,
  certificate_weak_key: 401,
  partner_unknown: 403,
  partner_disabled: 403,
  not_allowed: 403,
  not_found: 404,
  import_under_way: 409,
  import_too_large: 413,
  too_many_requests: 429,
};
const NOT_SO = 422;

const fieldByHeading = new Map<string, string>(
  REGISTER_FIELDS.map((field) => [REGISTER_COLUMNS[field].heading, field]),
);

const describeFault = ({ line, column, code, firstLine }: RegisterFault) => ({
  ...{ line, field: fieldByHeading.get(column) ?? column, column, code },
  ...(firstLine !== undefined && { firstLine }),
});

/** Where a person with a card would be told something else than a system with a certificate. */
const WORDS: Partial<Record<RefusalCode, (inputs: never, options: { locale: 'ja' }) => string>> = {
  malformed: m.exchange_malformed,
  not_allowed: m.exchange_not_allowed,
  certificate_missing: m.exchange_certificate_missing,
  certificate_expired: m.exchange_certificate_expired,
  certificate_malformed: m.exchange_certificate_refused,
  certificate_untrusted: m.exchange_certificate_refused,
  certificate_not_yet_valid: m.exchange_certificate_refused,
  certificate_wrong_purpose: m.exchange_certificate_refused,
  certificate_weak_key: m.exchange_certificate_refused,
};

/** A refusal as partners get it (RFC 9457): a code for programs, a sentence for people, and each fault of a file with its line. */
export function describeRefusal(refusal: Refusal): Problem {
  const words: (inputs: never, options: { locale: 'ja' }) => string =
    WORDS[refusal.code] ?? m[`refusal_${refusal.code}`];
  return {
    type: 'about:blank',
    title: words(refusal.detail as never, { locale: 'ja' }),
    status: STATUS[refusal.code] ?? NOT_SO,
    code: refusal.code,
    ...(refusal instanceof RegisterFileRefusal && {
      faultCount: Number(refusal.detail.count),
      faults: refusal.faults.map(describeFault),
    }),
  };
}

/** What is told when something is broken here. */
export const describeFaultOfOurs = (): Problem => ({
  type: 'about:blank',
  title: m.exchange_fault({}, { locale: 'ja' }),
  status: 500,
  code: 'fault',
});
