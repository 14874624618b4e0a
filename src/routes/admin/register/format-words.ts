import { m } from '#lib/paraglide/messages.js';
import {
  headingOf,
  HOLDING_TYPE_BY_WORD,
  LAPSE_KIND_BY_WORD,
  LECTURE_CLASS_BY_WORD,
  REGISTER_FIELDS,
  type RegisterField,
} from '#lib/server/register/register-columns.ts';

const oneOf = (meanings: object) =>
  m.admin_register_value_words({ words: Object.keys(meanings).join(' / ') });

const VALUES: Record<RegisterField, () => string> = {
  licenceNumber: m.admin_register_value_licence_number,
  name: m.admin_register_value_text,
  birthDate: m.admin_register_value_date,
  address: m.admin_register_value_text,
  homeCommissionCode: m.admin_register_value_commission,
  lectureClass: () => oneOf(LECTURE_CLASS_BY_WORD),
  classAsOf: m.admin_register_value_date,
  holdingType: () => oneOf(HOLDING_TYPE_BY_WORD),
  cardRecordedOn: m.admin_register_value_date_optional,
  expiryDate: m.admin_register_value_date,
  signingCertificateSubmittedOn: m.admin_register_value_date_optional,
  portalLinkedOn: m.admin_register_value_date_optional,
  suspendedUntil: m.admin_register_value_date_optional,
  lapseKind: () => oneOf(LAPSE_KIND_BY_WORD),
  lapsedOn: m.admin_register_value_date_optional,
};

/** The columns of a register file for the page that asks for one. */
export function describeFormat(): { heading: string; values: string }[] {
  return REGISTER_FIELDS.map((field) => ({ heading: headingOf(field), values: VALUES[field]() }));
}
