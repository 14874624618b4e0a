import type { FeeDue } from '#lib/domain/renewal/fees.ts';
import { m } from '#lib/paraglide/messages.js';

const digits = (yen: number): string => yen.toLocaleString('ja-JP');
const partWords = (yen: number | null): string =>
  yen === null ? m.counter_fee_unknown() : m.counter_fee_part({ amount: digits(yen) });

/** What is due, or that it has to be asked for: an amount is never guessed. */
export const feeTotalWords = ({ totalYen }: Pick<FeeDue, 'totalYen'>): string =>
  totalYen === null ? m.counter_fee_ask() : m.counter_fee_total({ amount: digits(totalYen) });

/** What it is made of. */
export function feePartsWords({ renewalYen, lectureYen, viaYen }: FeeDue): string {
  const parts = { renewal: partWords(renewalYen), lecture: partWords(lectureYen) };
  return viaYen === 0
    ? m.counter_fee_parts(parts)
    : m.counter_fee_parts_via({ ...parts, via: partWords(viaYen) });
}

/** The fee that was kept with an issue. */
export const feeKeptWords = (totalYen: number | null): string =>
  totalYen === null ? m.counter_act_fee_unknown() : m.counter_act_fee({ amount: digits(totalYen) });
