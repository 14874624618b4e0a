import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { moveRecord, type ActKind, type RecordSituation } from '#lib/domain/records/record.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { releasePhotos } from '../attendance/release-photos.ts';
import { appendAudit, type AuditEntry } from '../audit/append-audit.ts';
import type { DB, Transaction } from '../db/database.ts';
import { findDriverById, type Driver } from '../register/find-driver.ts';
import { isRecordIntact } from './is-record-intact.ts';
import { latestTest } from './latest-test.ts';
import { appendCounterAct, listCounterActs, lockRecord, updateRecordState } from './records.queries.ts';
import { situationOf } from './situation-of.ts';

export interface ActContext {
  readonly driver: Driver;
  readonly situation: RecordSituation;
  /** 経由地: this office belongs to another commission than the person's home. */
  readonly isVia: boolean;
}

export interface PlannedAct {
  readonly kind: ActKind;
  readonly reason?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
  /** What the audit trail keeps of it: no personal data. */
  readonly audited?: AuditEntry['detail'];
}

/**
 * One act of an officer on a record, in one transaction: the row is locked, `plan` sees the newest situation and may refuse, then
 * state, history and audit are written together. `version` is the one that the officer saw: who acts on an older one is refused,
 * with `record_already_decided` or `record_already_used` where that is what happened, else `record_changed_meanwhile`.
 */
export async function actOnRecord(
  app: App,
  officer: CounterOfficer,
  seen: { readonly recordNumber: string; readonly version: number },
  plan: (context: ActContext) => PlannedAct,
): Promise<void> {
  await app.db.transaction().execute(async (trx) => {
    const record = await lockRecord(trx, seen.recordNumber);
    if (!record) throw new Refusal('record_not_found');
    const context = await lookAt(app, officer, trx, record);
    const act = plan(context);
    const move = moveRecord(context.situation, act.kind);
    if ('refusal' in move) throw new Refusal(move.refusal);
    if (record.version !== seen.version) throw new Refusal('record_changed_meanwhile');
    const needsIntact = act.kind !== 'rejected' && act.kind !== 'voided';
    if (needsIntact && !(await isRecordIntact(app, record, context.driver))) {
      throw new Refusal('record_altered');
    }
    await updateRecordState(trx, record.id, { state: move.state, version: record.version + 1 });
    // The faces have been compared; nothing needs them any more.
    if (move.state === 'used') await releasePhotos(app, trx, record.attendanceId);
    await appendCounterAct(trx, {
      recordId: record.id,
      recordVersion: record.version,
      kind: act.kind,
      officerId: officer.officerId,
      officeId: officer.officeId,
      at: app.clock.now(),
      reason: act.reason ?? null,
      detail: JSON.stringify(act.detail ?? {}),
    });
    await appendAudit(trx, officer, {
      what: `record.${act.kind}`,
      subject: { kind: 'record', id: record.id },
      detail: { reason: act.reason ?? null, isVia: context.isVia, ...act.audited },
    });
  });
}

async function lookAt(
  app: App,
  officer: CounterOfficer,
  trx: Transaction<DB>,
  record: NonNullable<Awaited<ReturnType<typeof lockRecord>>>,
): Promise<ActContext> {
  const driver = await findDriverById(trx, record.driverId);
  if (!driver) throw new Error('a record without a driver');
  const test = latestTest(await listCounterActs(trx, record.id));
  return {
    driver,
    isVia: driver.homeCommissionCode !== officer.commissionCode,
    situation: situationOf(record, driver, {
      now: app.clock.now(),
      test,
      isSupervisor: officer.isSupervisor,
    }),
  };
}
