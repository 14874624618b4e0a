import type { CalendarDate } from '../renewal/calendar.ts';
import { SUBSTITUTED } from './character-forms.ts';
import type { FourInformation } from './four-information.ts';
import { normalizeAddress } from './normalize-address.ts';
import { compareTexts, normalizeName } from './normalize-name.ts';

/** What an officer has to look at. Codes only: they name no person. */
export const LINK_DIFFERENCES = [
  'nameVariant',
  'nameSubstituted',
  'nameDifferent',
  'addressVariant',
  'addressSubstituted',
  'addressDifferent',
  'birthDateUnknown',
  'severalCandidates',
] as const;
export type LinkDifference = (typeof LINK_DIFFERENCES)[number];

export interface RegisteredPerson {
  readonly name: string;
  readonly birthDate: CalendarDate;
  readonly address: string;
}

export interface FourInformationComparison {
  /** `review`: may well be this person; an officer decides. Never is somebody refused for how a character is written. */
  readonly result: 'same' | 'review' | 'different';
  readonly differences: readonly LinkDifference[];
}

const DIFFERENT: FourInformationComparison = { result: 'different', differences: [] };

/**
 * Compares what a signing certificate says of its holder (氏名・出生の年月日・男女の別・住所: 住民基本台帳法7条1号から3号まで
 * と7号) with what the register says; it knows no sex. Different is who was born on another day, and
 * whose name and address are both others. Characters that the authority replaced match any one character.
 */
export function compareFourInformation(
  certified: FourInformation,
  registered: RegisteredPerson,
): FourInformationComparison {
  if (certified.birthDate !== null && certified.birthDate !== registered.birthDate) return DIFFERENT;
  const name = compareTexts(
    normalizeName(withMarks(certified.name, certified.nameSubstituted)),
    normalizeName(registered.name),
  );
  const address = compareTexts(
    normalizeAddress(withMarks(certified.address, certified.addressSubstituted)),
    normalizeAddress(registered.address),
  );
  // A name changes by marriage; at the same address with the same birth date it may be the same person.
  if (name === 'different' && (address === 'different' || certified.birthDate === null)) return DIFFERENT;
  const differences: LinkDifference[] = [];
  if (name !== 'same') differences.push(`name${capital(name)}`);
  if (address !== 'same') differences.push(`address${capital(address)}`);
  if (certified.birthDate === null) differences.push('birthDateUnknown');
  return { result: differences.length === 0 ? 'same' : 'review', differences };
}

function withMarks(text: string, substituted: readonly boolean[]): string {
  return [...text].map((character, index) => (substituted[index] ? SUBSTITUTED : character)).join('');
}

const capital = <T extends string>(text: T): Capitalize<T> =>
  (text.slice(0, 1).toUpperCase() + text.slice(1)) as Capitalize<T>;
