// Before the library, as in issue.ts.
import 'reflect-metadata';
import { Extension } from '@peculiar/x509';
import type { FourInformation } from '#lib/domain/people/four-information.ts';
import { derElement as der } from '#lib/server/certificates/der-write.ts';

const SUBJECT_ALT_NAME = '2.5.29.17';
// 1.2.392.200149.8.5.5, to which the number of the field comes.
const FIELD_ARC = [0x2a, 0x83, 0x08, 0x8c, 0x9b, 0x55, 0x08, 0x05, 0x05];
const UTF8_STRING = 0x0c;

const SEX_CODES = { male: '1', female: '2', unknown: '3', notApplicable: '9' } as const;
// First days of the eras, newest first, with their codes.
const ERAS = [
  ['2019-05-01', '5'],
  ['1989-01-08', '4'],
  ['1926-12-25', '3'],
  ['1912-07-30', '2'],
] as const;

/** One field of the subject's otherNames: its number under 1.2.392.200149.8.5.5, and its text or the DER of another value. */
export type OtherName = readonly [field: number, value: string | Buffer];

/** The fields of the basic four in the order in which cards write them (1, 4, 3, 5, 2, 6). Flags only where there are any. */
export function otherNamesOf(four: FourInformation): OtherName[] {
  const flags = (substituted: readonly boolean[], text: string) =>
    Array.from(text, (_, index) => (substituted[index] ? '1' : '0')).join('');
  return [
    [1, four.name],
    [4, birthDateCode(four.birthDate)],
    [3, SEX_CODES[four.sex]],
    [5, four.address],
    [2, flags(four.nameSubstituted, four.name)],
    [6, flags(four.addressSubstituted, four.address)],
  ];
}

/** The subject's alternative name with these fields; not critical. */
export function otherNamesExtension(fields: readonly OtherName[], isCritical = false): Extension {
  const names = fields.map(([field, value]) => {
    const content = typeof value === 'string' ? der(UTF8_STRING, Buffer.from(value)) : value;
    return der(0xa0, der(0x06, Buffer.from([...FIELD_ARC, field])), der(0xa0, content));
  });
  return new Extension(SUBJECT_ALT_NAME, isCritical, new Uint8Array(der(0x30, ...names)));
}

function birthDateCode(birthDate: string | null): string {
  if (birthDate === null) return '000000000';
  const era = ERAS.find(([since]) => birthDate >= since)?.[1] ?? '1';
  return era + birthDate.replaceAll('-', '');
}
