import { m } from '#lib/paraglide/messages.js';

/** An amount in yen, or that it is not known. */
export const yenWords = (yen: number | null): string =>
  yen === null ? m.fees_unknown() : m.fees_yen({ amount: yen.toLocaleString('ja-JP') });
