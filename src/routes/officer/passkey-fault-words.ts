import type { PasskeyFault } from '#lib/client/passkey.ts';
import { m } from '#lib/paraglide/messages.js';

const TITLES: Record<PasskeyFault, () => string> = {
  cancelled: m.counter_passkey_cancelled,
  known: m.counter_passkey_known,
  unsupported: m.counter_passkey_unsupported,
  tooMany: m.officers_passkey_too_many,
  line: m.counter_passkey_line,
};
const NOTES: Record<PasskeyFault, () => string> = {
  cancelled: m.counter_passkey_cancelled_note,
  known: m.counter_passkey_known_note,
  unsupported: m.counter_passkey_unsupported_note,
  tooMany: m.officers_passkey_too_many_note,
  line: m.counter_passkey_line_note,
};

/** What went wrong with the passkey, and what to do. */
export const passkeyFaultWords = (fault: PasskeyFault) => ({ title: TITLES[fault](), note: NOTES[fault]() });
