/** Where people turn to at a commission; null is what it has not entered yet. */
export interface Contact {
  readonly code: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly phone: string | null;
  /** When the telephone is answered, and the desk open, in the words of the commission. */
  readonly phoneHoursJa: string | null;
  readonly phoneHoursEn: string | null;
  /** For those who cannot telephone: the commission's form. */
  readonly inquiryUrl: string | null;
  readonly reservationUrl: string | null;
}

/** The number as a telephone dials it (RFC 3966): digits and a leading plus, no hyphens, no brackets. */
export const telephoneUri = (phone: string): string => `tel:${phone.replaceAll(/[^\d+]/g, '')}`;
