import type { FourInformation } from '#lib/domain/people/four-information.ts';
import { DerReader, malformed, objectIdentifier, TAG } from './der.ts';
import { EXTENSION } from './extensions.ts';
import type { ParsedCertificate } from './parse-certificate.ts';

// otherNames of the signing certificate of the public personal authentication service.
const FIELDS: ReadonlyMap<string, SubjectField> = new Map([
  ['1.2.392.200149.8.5.5.1', 'name'],
  ['1.2.392.200149.8.5.5.2', 'nameFlags'],
  ['1.2.392.200149.8.5.5.3', 'sex'],
  ['1.2.392.200149.8.5.5.4', 'birthDate'],
  ['1.2.392.200149.8.5.5.5', 'address'],
  ['1.2.392.200149.8.5.5.6', 'addressFlags'],
]);
export type SubjectField = 'name' | 'nameFlags' | 'sex' | 'birthDate' | 'address' | 'addressFlags';

// A Map, not an object: the certificate says by what we look up.
const SEXES: ReadonlyMap<string, FourInformation['sex']> = new Map([
  ['1', 'male'],
  ['2', 'female'],
  ['3', 'unknown'],
  ['9', 'notApplicable'],
]);

// A GeneralName is one of the context tags [0] to [8] (RFC 5280 §4.2.1.6); an otherName is [0].
const CONTEXT_CLASS = 0x80;
const MAX_GENERAL_NAMES = 32;
// Twice what the profile allows for an address. In code points.
const MAX_TEXT_LENGTH = 400;
const CONTROL_CHARACTER = /\p{Cc}/u;

/**
 * The basic four in a signing certificate. Only of a certificate whose path holds: until then it is what a stranger wrote.
 * Other otherNames are passed over (the profile grows); a field that comes twice, is no UTF-8 text, is too long or is not in the form of the
 * profile is refused with certificate_malformed, as is a certificate without name or address. A birth date not known in full is null; a
 * sex that is not given is unknown.
 */
export function readFourInformation(certificate: ParsedCertificate): FourInformation {
  const fields = readSubjectFields(certificate);
  const name = fields.get('name');
  const address = fields.get('address');
  if (!name || !address) throw malformed('subject_incomplete');
  const sex = SEXES.get(fields.get('sex') ?? '3');
  if (sex === undefined) throw malformed('sex');
  return {
    name,
    nameSubstituted: readFlags(fields.get('nameFlags'), name),
    address,
    addressSubstituted: readFlags(fields.get('addressFlags'), address),
    birthDate: readBirthDate(fields.get('birthDate')),
    sex,
  };
}

/** The texts of the known fields, not yet weighed. Empty when the certificate has none, as those for signing in. */
export function readSubjectFields(certificate: ParsedCertificate): ReadonlyMap<SubjectField, string> {
  const fields = new Map<SubjectField, string>();
  const extension = certificate.extensions.get(EXTENSION.subjectAlternativeName);
  if (!extension) return fields;
  const outer = new DerReader(extension.value);
  const names = outer.enter(outer.next(TAG.sequence));
  outer.finish();
  for (let count = 0; names.hasMore; count++) {
    if (count === MAX_GENERAL_NAMES) throw malformed('general_names');
    const element = names.any();
    if ((element.tag & 0xc0) !== CONTEXT_CLASS) throw malformed('general_name');
    if (element.tag === TAG.context0) readOtherName(names.enter(element), fields);
  }
  return fields;
}

/** OtherName ::= SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY }, tagged implicitly. */
function readOtherName(reader: DerReader, fields: Map<SubjectField, string>): void {
  const field = FIELDS.get(objectIdentifier(reader.content(reader.next(TAG.oid))));
  const value = reader.enter(reader.next(TAG.context0));
  reader.finish();
  if (field === undefined) return;
  if (fields.has(field)) throw malformed('subject_field_twice');
  const text = utf8(value.content(value.next(TAG.utf8String)));
  value.finish();
  fields.set(field, text);
}

function utf8(content: Buffer): string {
  let text: string;
  try {
    // ignoreBOM keeps a byte order mark in the text, where it is seen as what it is: not part of a name.
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw malformed('utf8');
  }
  if (Array.from(text).length > MAX_TEXT_LENGTH) throw malformed('subject_field_length');
  if (CONTROL_CHARACTER.test(text)) throw malformed('control_character');
  return text;
}

/**
 * One digit for each character of `text`, 0 where it stands as in the register. Any other digit counts as substituted: an officer
 * then looks, where a computer must not decide.
 */
function readFlags(flags: string | undefined, text: string): readonly boolean[] {
  if (!flags) return [];
  const characters = Array.from(text);
  if (!/^[0-9]+$/.test(flags) || flags.length !== characters.length) throw malformed('substitution_flags');
  return Array.from(flags, (flag) => flag !== '0');
}

/** EYYYYMMDD: an era (0 not known), then the Gregorian date, in which parts that are not known are zeros. */
function readBirthDate(text: string | undefined): string | null {
  if (!text) return null;
  const [, era, year, month, day] = /^([0-9])([0-9]{4})([0-9]{2})([0-9]{2})$/.exec(text) ?? [];
  if (era === undefined) throw malformed('birth_date');
  if (era === '0' || year === '0000' || month === '00' || day === '00') return null;
  const date = `${year}-${month}-${day}`;
  const instant = new Date(`${date}T00:00:00.000Z`);
  if (Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(date))
    throw malformed('birth_date');
  return date;
}
