import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { countReferred, listReferredRecords } from './referred.queries.ts';

/**
 * The records that wait for a supervisor of the officer's commission, longest first. That he saw them is kept in the audit trail. Who is of
 * another commission is not named (`name` null): for that the supervisor says why, at the record.
 * Refused: `supervisor_required`.
 */
export async function listReferred(app: App, officer: CounterOfficer) {
  if (!officer.isSupervisor) throw new Refusal('supervisor_required');
  const records = await listReferredRecords(app.db, officer.commissionCode);
  await appendAudit(app.db, officer, { what: 'records.listedReferred', detail: { count: records.length } });
  return records.map(({ officeId, homeCommissionCode, name, ...record }) => ({
    ...record,
    name: homeCommissionCode === officer.commissionCode ? name : null,
    isOwnOffice: officeId === officer.officeId,
  }));
}

/** How many records wait for this officer; 0 for who is no supervisor. */
export async function countReferredFor(app: App, officer: CounterOfficer): Promise<number> {
  return officer.isSupervisor ? countReferred(app.db, officer.commissionCode) : 0;
}
