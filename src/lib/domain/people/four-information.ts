/**
 * The basic four (基本4情報) that a signing certificate carries, as its authority wrote them: not normalised, and not yet compared with
 * anything. Personal data: lives as long as the comparison with the register, and is never stored or logged.
 */
export interface FourInformation {
  /** 氏名, with the full-width space between family name and given name. */
  readonly name: string;
  /** One entry for each code point of `name`: whether the authority had to write another character there. Empty when it does not say. */
  readonly nameSubstituted: readonly boolean[];
  /** 住所, from the prefecture, without postcode. */
  readonly address: string;
  readonly addressSubstituted: readonly boolean[];
  /** 生年月日 as YYYY-MM-DD of the Gregorian calendar; null when the authority does not know all of it. */
  readonly birthDate: string | null;
  readonly sex: 'male' | 'female' | 'unknown' | 'notApplicable';
}
