/** What a partner may do: send the register, read what becomes of records. */
export const PARTNER_PURPOSES = ['register', 'completions'] as const;
export type PartnerPurpose = (typeof PARTNER_PURPOSES)[number];

/** `whole`: every driver of a commission; `changes`: those about whom there is something new. */
export const IMPORT_MODES = ['changes', 'whole'] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];

export interface ImportRequest {
  readonly mode: ImportMode;
  /** The commission whose drivers are sent, where the partner names one. */
  readonly commissionCode?: string | undefined;
}

/**
 * The commission whose drivers a file may hold: the partner's own; for a national partner (`null`) the one that he names, or all of them with
 * `null`. A whole file is always one commission's, or the drivers of the others would count as missing.
 */
export function importScope(
  partnerCommission: string | null,
  { mode, commissionCode }: ImportRequest,
): { readonly commissionCode: string | null } | { readonly refusal: 'not_allowed' | 'malformed' } {
  if (partnerCommission !== null) {
    const isOwn = commissionCode === undefined || commissionCode === partnerCommission;
    return isOwn ? { commissionCode: partnerCommission } : { refusal: 'not_allowed' };
  }
  if (mode === 'whole' && commissionCode === undefined) return { refusal: 'malformed' };
  return { commissionCode: commissionCode ?? null };
}
