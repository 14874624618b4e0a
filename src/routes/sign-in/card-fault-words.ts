import type { CardFaultCode } from '#lib/client/card-file.ts';
import { m } from '#lib/paraglide/messages.js';

/** What the person reads when his browser could not sign; `line` is everything between here and the server. */
export const CARD_FAULT_WORDS: Readonly<Record<CardFaultCode | 'line', () => string>> = {
  card_too_large: m.sign_in_fault_card_too_large,
  card_unreadable: m.sign_in_fault_card_unreadable,
  card_other_version: m.sign_in_fault_card_other_version,
  card_other_use: m.sign_in_fault_card_other_use,
  card_damaged: m.sign_in_fault_card_damaged,
  pin_form: m.sign_in_fault_pin_form,
  pin_wrong: m.sign_in_fault_pin_wrong,
  crypto_missing: m.sign_in_insecure,
  line: m.sign_in_fault_line,
};

/** These are said at the PIN's field. */
export const PIN_FAULTS: ReadonlySet<string> = new Set(['pin_form', 'pin_wrong']);
