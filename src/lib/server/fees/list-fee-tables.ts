import type { Administrator } from '#lib/domain/people/actor.ts';
import { findFeeTable, type FeeTable } from '#lib/domain/renewal/fees.ts';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import type { App } from '../app.ts';
import type { Reader } from '../db/remember.ts';
import { listFees } from './fees.queries.ts';

export interface EnteredFeeTable extends FeeTable {
  readonly id: number;
  readonly enteredAt: Date;
  /** Null for what came with the system. */
  readonly enteredBy: string | null;
}

/** The tables that may apply to a renewal between these commissions, the national ones among them, oldest entry first. */
export function readFeeTables(db: Reader, commissionCodes: readonly string[]): Promise<EnteredFeeTable[]> {
  return listFees(db, commissionCodes);
}

/**
 * The tables that an administrator sees, the latest day first: his commission's own and the national ones. `standing`: `current` is the one
 * that applies today, `coming` applies from its day on, `replaced` was entered again for the same day, `past` is over.
 */
export async function listFeeTables(app: App, { commissionCode }: Administrator) {
  const tables = await readFeeTables(app.db, [commissionCode]);
  const today = tokyoDate(app.clock.now());
  const current = findFeeTable(tables, commissionCode, today);
  const standingOf = (table: EnteredFeeTable): 'current' | 'coming' | 'replaced' | 'past' => {
    const isReplaced = tables.some(
      (other) =>
        other.id > table.id &&
        other.validFrom === table.validFrom &&
        other.commissionCode === table.commissionCode,
    );
    if (table === current) return 'current';
    if (isReplaced) return 'replaced';
    return table.validFrom > today ? 'coming' : 'past';
  };
  return {
    today,
    current: current ?? null,
    tables: tables
      .map((table) => ({ ...table, isNational: table.commissionCode === null, standing: standingOf(table) }))
      .sort((a, b) => b.validFrom.localeCompare(a.validFrom) || b.id - a.id),
  };
}

export type ListedFeeTable = Awaited<ReturnType<typeof listFeeTables>>['tables'][number];
