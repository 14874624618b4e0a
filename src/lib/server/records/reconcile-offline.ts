import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { findConflict, isTimePlausible, type OfflineConflict } from '#lib/domain/records/offline.ts';
import { Refusal, type RefusalCode } from '#lib/domain/refusal.ts';
import { PROOF_MAX_LENGTH, verifyProof } from '#lib/proof/proof.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { DB, Transaction } from '../db/database.ts';
import { acceptRecord, REJECTION_REASONS, rejectRecord } from './decide-record.ts';
import { readDesk, type Desk } from './desk-token.ts';
import { nodeCrypto } from './node-crypto.ts';
import {
  findMetRecord,
  findOfflineDecision,
  getCommissionOfOffice,
  getDecider,
  insertOfflineConflict,
  insertOfflineDecision,
  type OfflineOutcome,
} from './offline.queries.ts';

/** What a terminal kept of one decision. */
export const OfflineDecision = z.object({
  /** The terminal's: the same decision sent again is the same one. */
  id: z.uuid(),
  proof: z.string().max(PROOF_MAX_LENGTH),
  kind: z.enum(['accepted', 'rejected']),
  reason: z.enum(REJECTION_REASONS).optional(),
  note: z.string().trim().max(LIMITS.textMaxLength).default(''),
  decidedAt: z.iso.datetime().transform((at) => new Date(at)),
  /** What the terminal knew of voided and used records. */
  revokedAsOf: z.iso.datetime().transform((at) => new Date(at)),
  desk: z.string().max(300),
});
export const ReconcileOffline = z.object({ decisions: z.array(OfflineDecision).min(1).max(20) });

type Decision = z.output<typeof OfflineDecision> & {
  readonly recordNumber: string;
  readonly by: Desk;
};

/** `refused`: not a decision of ours (a foreign desk or a forged proof); the terminal keeps it and shows it. */
export interface Reconciled {
  readonly id: string;
  readonly outcome: OfflineOutcome | 'refused';
}

/**
 * Enters what a counter decided while the line was away, in the order in which it was decided, for the officer, the office and the time of the
 * decision. Nothing is overwritten: what meets another state is kept and flagged to the supervisors of its office, and so is what
 * somebody else sends than decided it. Sent twice, also at once, a decision counts once.
 */
export async function reconcileOffline(
  app: App,
  officer: CounterOfficer,
  { decisions }: z.output<typeof ReconcileOffline>,
): Promise<Reconciled[]> {
  const reconciled: Reconciled[] = [];
  const inOrder = decisions.toSorted((a, b) => a.decidedAt.getTime() - b.decidedAt.getTime());
  for (const decision of inOrder) {
    reconciled.push({ id: decision.id, outcome: await reconcile(app, officer, decision) });
  }
  return reconciled;
}

async function reconcile(
  app: App,
  officer: CounterOfficer,
  sent: z.output<typeof OfflineDecision>,
): Promise<Reconciled['outcome']> {
  const known = await findOfflineDecision(app.db, sent.id);
  if (known) return known.outcome;
  const by = readDesk(app, sent.desk);
  const { keys } = app.recordSigner;
  const finding = await verifyProof(
    sent.proof,
    { keys, revoked: new Set(), now: sent.decidedAt },
    nodeCrypto,
  );
  if (!by || !('claims' in finding)) {
    await appendAudit(app.db, officer, {
      what: 'offline.refused',
      detail: { decisionId: sent.id, isDeskOurs: by !== null, proof: finding.kind },
    });
    return 'refused';
  }
  const decision = { ...sent, by, recordNumber: finding.claims.recordNumber };
  if (!isTimePlausible(sent.decidedAt, by.preparedAt, app.clock.now()))
    return flag(app, officer, decision, 'offline_time');
  try {
    await enter(app, officer, decision);
    return 'applied';
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return flag(app, officer, decision, thrown.code);
  }
}

/** By the same operations as at the counter, with their rules, and with the rights of who decided: whoever sends it only carries it. */
async function enter(app: App, officer: CounterOfficer, decision: Decision): Promise<void> {
  const { recordNumber, kind, reason, note, by, decidedAt } = decision;
  const { isSupervisor, disabledAt } = await getDecider(app.db, by.officerId);
  if (disabledAt !== null && disabledAt <= decidedAt) throw new Refusal('officer_disabled');
  const offline = {
    officerId: by.officerId,
    isSupervisor,
    officeId: by.officeId,
    commissionCode: await getCommissionOfOffice(app.db, by.officeId),
    decidedAt,
    keep: async (trx: Transaction<DB>, recordId: string) => {
      await insertOfflineDecision(trx, rowOf(app, officer, decision, recordId, 'applied'));
      if (officer.officerId !== by.officerId)
        await flagIn(app, trx, decision, { kind: 'otherOfficer', refusal: null });
    },
  };
  const seen = { recordNumber, version: 0, note, offline };
  if (kind === 'accepted') await acceptRecord(app, officer, { ...seen, isSamePerson: 'yes' });
  else await rejectRecord(app, officer, { ...seen, reason });
}

async function flag(
  app: App,
  officer: CounterOfficer,
  decision: Decision,
  refusal: RefusalCode,
): Promise<OfflineOutcome> {
  return app.db.transaction().execute(async (trx) => {
    const record = await findMetRecord(trx, decision.recordNumber);
    const kind = findConflict({ ...decision, ...decision.by }, record, refusal);
    const outcome = kind === null ? 'repeated' : 'conflict';
    const row = rowOf(app, officer, decision, record?.id ?? null, outcome);
    // Sent twice at once: the other one has entered it meanwhile.
    if (!(await insertOfflineDecision(trx, row)))
      return (await findOfflineDecision(trx, decision.id))?.outcome ?? outcome;
    if (kind !== null) await flagIn(app, trx, decision, { kind, refusal });
    await appendAudit(trx, officer, {
      what: 'offline.flagged',
      ...(record && { subject: { kind: 'record', id: record.id } }),
      detail: { decisionId: decision.id, outcome, conflict: kind, refusal },
    });
    return outcome;
  });
}

async function flagIn(
  app: App,
  trx: Transaction<DB>,
  { id, by }: Decision,
  conflict: { readonly kind: OfflineConflict; readonly refusal: RefusalCode | null },
): Promise<void> {
  const commissionCode = await getCommissionOfOffice(trx, by.officeId);
  await insertOfflineConflict(trx, { ...conflict, decisionId: id, commissionCode, foundAt: app.clock.now() });
}

const rowOf = (
  app: App,
  officer: CounterOfficer,
  { id, recordNumber, kind, reason, note, decidedAt, revokedAsOf, by }: Decision,
  recordId: string | null,
  outcome: OfflineOutcome,
) => ({
  ...{ id, recordNumber, recordId, kind, note, decidedAt, revokedAsOf, outcome },
  reason: reason ?? null,
  decidedBy: by.officerId,
  officeId: by.officeId,
  receivedAt: app.clock.now(),
  sentBy: officer.officerId,
});
