import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { countOpenConflicts, listOfflineConflicts, markConflictResolved } from './offline.queries.ts';

const MAX_LISTED = 200;

export const ResolveConflict = z.object({
  id: z.uuid(),
  resolution: z.string().trim().max(LIMITS.textMaxLength),
});

function requireSupervisor(officer: CounterOfficer): void {
  if (!officer.isSupervisor) throw new Refusal('not_allowed');
}

/** What a supervisor's commission has to look at, the open ones first. Refused: `not_allowed` for who is none. */
export function listConflicts(app: App, officer: CounterOfficer) {
  requireSupervisor(officer);
  return listOfflineConflicts(app.db, officer.commissionCode, MAX_LISTED);
}

/** How many of them this officer has to settle; 0 for who is no supervisor. */
export async function countConflictsFor(app: App, officer: CounterOfficer): Promise<number> {
  return officer.isSupervisor ? countOpenConflicts(app.db, officer.commissionCode) : 0;
}

/**
 * Writes how it was settled, in words; the record is not touched by it. Refused: `not_allowed`, `reason_required`, and
 * `conflict_already_resolved` when somebody was there first.
 */
export async function resolveConflict(
  app: App,
  officer: CounterOfficer,
  { id, resolution }: z.output<typeof ResolveConflict>,
): Promise<void> {
  requireSupervisor(officer);
  if (resolution === '') throw new Refusal('reason_required');
  const { commissionCode, officerId } = officer;
  await app.db.transaction().execute(async (trx) => {
    const settled = { resolvedAt: app.clock.now(), resolvedBy: officerId, resolution };
    if (!(await markConflictResolved(trx, { id, commissionCode }, settled)))
      throw new Refusal('conflict_already_resolved');
    await appendAudit(trx, officer, {
      what: 'offline.resolved',
      subject: { kind: 'offlineConflict', id },
    });
  });
}

export type ListedConflict = Awaited<ReturnType<typeof listConflicts>>[number];
