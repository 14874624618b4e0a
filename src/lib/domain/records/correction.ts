import type { RefusalCode } from '../refusal.ts';
import type { CalendarDate } from '../renewal/calendar.ts';
import type { ActKind, Deed } from './record.ts';

/** A line of a record's history. */
export interface ActEntry {
  readonly id: number;
  readonly kind: ActKind;
  /** For a correction, and only for one: the act that it takes back. */
  readonly takesBack: number | null;
}

/** The acts that hold, oldest first: what was taken back and the corrections themselves are history. */
export function standingActs<A extends ActEntry>(history: readonly A[]): (A & { readonly kind: Deed })[] {
  const takenBack = new Set(history.map(({ takesBack }) => takesBack));
  return history.filter(
    (act): act is A & { readonly kind: Deed } => act.kind !== 'corrected' && !takenBack.has(act.id),
  );
}

export interface Correction {
  /** The acts that hold (standingActs), with who did them and on which day in Japan. */
  readonly standing: readonly (ActEntry & { readonly officerId: string; readonly day: CalendarDate })[];
  readonly actId: number;
  readonly officerId: string;
  /** Of the commission at whose counter the act was done. */
  readonly isSupervisor: boolean;
  readonly today: CalendarDate;
}

/**
 * Why an act cannot be taken back, or null. Only the newest that holds can be, so that nothing hangs in the air; by who did it himself
 * that day, later or for a colleague by a supervisor. 使用済み is no exception: it is taken back as the issue that made it so;
 * 無効 is one: whoever voided it was told that it is for good.
 */
export function assessCorrection({
  standing,
  actId,
  officerId,
  isSupervisor,
  today,
}: Correction): RefusalCode | null {
  const newest = standing.at(-1);
  if (!newest) return 'nothing_to_correct';
  if (newest.id !== actId) return 'correction_not_newest';
  if (newest.kind === 'voided') return 'record_voided';
  const isOwnOfToday = newest.officerId === officerId && newest.day === today;
  return isOwnOfToday || isSupervisor ? null : 'supervisor_required';
}
