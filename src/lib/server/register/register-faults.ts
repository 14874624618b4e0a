import { Refusal, type RefusalCode } from '#lib/domain/refusal.ts';

/** What may be wrong with one cell (or one line) of a register file; words in messages/<locale>/admin.json. */
export const REGISTER_FAULT_CODES = [
  'column_missing',
  'column_unknown',
  'column_repeated',
  'cell_count',
  'value_missing',
  'value_unknown',
  'text_too_long',
  'text_unreadable',
  'licence_number_invalid',
  'licence_number_repeated',
  'date_malformed',
  'date_impossible',
  'date_in_future',
  'expiry_before_birth',
  'recording_date_missing',
  'lapse_incomplete',
  'commission_foreign',
  'driver_of_other_commission',
] as const;
export type RegisterFaultCode = (typeof REGISTER_FAULT_CODES)[number];

export interface RegisterFault {
  /** As an editor counts lines: the headings are line 1. */
  readonly line: number;
  /** The heading of the column; empty when the whole line is meant. */
  readonly column: string;
  readonly code: RegisterFaultCode;
  /** For what is said twice: the line where it was said first. */
  readonly firstLine?: number;
}

/** A file that was refused for what stands in it: `faults` names the places, at most LIMITS.importMaxFaults of `detail.count`. */
export class RegisterFileRefusal extends Refusal {
  readonly faults: readonly RegisterFault[];
  constructor(code: RefusalCode, faults: readonly RegisterFault[], count = faults.length) {
    super(code, { count });
    this.faults = faults;
  }
}
