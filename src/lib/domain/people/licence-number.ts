/**
 * 免許証番号: 12 digits. The first two name the commission that issued the first licence, not the one of today's home;
 * nothing is read out of the number.
 */
export type LicenceNumber = string;

export function isLicenceNumber(text: string): text is LicenceNumber {
  return /^[0-9]{12}$/.test(text);
}

/** As people type it: full-width digits, spaces and hyphens are understood. Undefined when it is no licence number. */
export function readLicenceNumber(text: string): LicenceNumber | undefined {
  const digits = text.normalize('NFKC').replaceAll(/[\s‐-―ー-]/g, '');
  return isLicenceNumber(digits) ? digits : undefined;
}
