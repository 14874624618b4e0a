import type { OwnRecord } from '#lib/server/records/get-own-record.ts';
import { m } from '#lib/paraglide/messages.js';

type Standing = OwnRecord['standing'];

const TITLES: Record<Standing, () => string> = {
  issued: m.record_title,
  referred: m.record_title,
  checked: m.record_title,
  rejected: m.record_rejected_title,
  used: m.record_used_title,
  voided: m.record_voided_title,
  expired: m.record_over_title,
  superseded: m.record_superseded_title,
};
const LEADS: Record<Standing, () => string> = {
  issued: m.record_lead,
  referred: m.record_lead,
  checked: m.record_lead,
  rejected: m.record_rejected_lead,
  used: m.record_used_lead,
  voided: m.record_voided_lead,
  expired: m.record_over_lead,
  superseded: m.record_superseded_lead,
};
const STATES: Record<Standing, () => string> = {
  issued: m.record_state_issued,
  referred: m.record_state_referred,
  checked: m.record_state_checked,
  rejected: m.record_state_rejected,
  used: m.record_state_used,
  voided: m.record_state_voided,
  expired: m.record_state_expired,
  superseded: m.record_state_superseded,
};

export const standingTitle = (standing: Standing): string => TITLES[standing]();
export const standingLead = (standing: Standing): string => LEADS[standing]();

export const stateWords = (standing: Standing): string => STATES[standing]();

/** Why it was not accepted; an officer's own words are for the counter. */
export function rejectionWords(reason: string | null): string {
  if (reason === 'photoMismatch') return m.record_reason_photo();
  return reason === 'classChanged' ? m.record_reason_class() : m.record_reason_other();
}

/** Why it was voided; an officer's own words are for the counter. */
export function voidWords(reason: string | null): string {
  if (reason === 'proxyAttendance') return m.record_reason_proxy();
  if (reason === 'photoMismatch') return m.record_reason_photo();
  return reason === 'issuedInError' ? m.record_reason_error() : m.record_reason_other();
}

export const lapseWords = (lapse: NonNullable<OwnRecord['lapse']>): string =>
  lapse.kind === 'careless' ? m.record_lapse_careless() : m.record_lapse_excused();

export function feeWords(fees: OwnRecord['fees']): string[] {
  if (!fees) return [m.record_fee_ask()];
  const yen = (amount: number) => amount.toLocaleString('ja-JP');
  const { lowestYen, highestYen, hasUnknown } = fees;
  return [
    lowestYen === highestYen
      ? m.record_fee_one({ amount: yen(lowestYen) })
      : m.record_fee_range({ lowest: yen(lowestYen), highest: yen(highestYen) }),
    ...(hasUnknown ? [m.record_fee_unknown()] : []),
  ];
}
