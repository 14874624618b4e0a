import type { OwnRecord } from '#lib/server/records/get-own-record.ts';
import { m } from '#lib/paraglide/messages.js';

/** What the record is good for, as its learner should hear it: the state, and whether its period is over. */
export type Standing = 'ready' | 'rejected' | 'used' | 'voided' | 'over';

export function standingOf({ state, isPeriodOver }: Pick<OwnRecord, 'state' | 'isPeriodOver'>): Standing {
  if (state === 'rejected' || state === 'used' || state === 'voided') return state;
  return isPeriodOver ? 'over' : 'ready';
}

const TITLES: Record<Standing, () => string> = {
  ready: m.record_title,
  rejected: m.record_rejected_title,
  used: m.record_used_title,
  voided: m.record_voided_title,
  over: m.record_over_title,
};
const LEADS: Record<Standing, () => string> = {
  ready: m.record_lead,
  rejected: m.record_rejected_lead,
  used: m.record_used_lead,
  voided: m.record_voided_lead,
  over: m.record_over_lead,
};

export const standingTitle = (standing: Standing): string => TITLES[standing]();
export const standingLead = (standing: Standing): string => LEADS[standing]();

export const stateWords = (state: OwnRecord['state']): string => m[`record_state_${state}`]();

/** Why it was not accepted; an officer's own words are for the counter. */
export function rejectionWords(reason: string | null): string {
  if (reason === 'photoMismatch') return m.record_reason_photo();
  return reason === 'classChanged' ? m.record_reason_class() : m.record_reason_other();
}

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
