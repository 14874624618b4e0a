import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { standingActs } from '#lib/domain/records/correction.ts';
import { isOvertaken } from '#lib/domain/records/offline.ts';
import {
  moveRecord,
  stateAfter,
  type Deed,
  type RecordSituation,
  type RecordState,
} from '#lib/domain/records/record.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { CalendarDate } from '#lib/domain/renewal/calendar.ts';
import type { FeeTable } from '#lib/domain/renewal/fees.ts';
import type { App } from '../app.ts';
import { releasePhotos } from '../attendance/release-photos.ts';
import { appendAudit, type AuditEntry } from '../audit/append-audit.ts';
import type { DB, Transaction } from '../db/database.ts';
import { readFeeTables } from '../fees/list-fee-tables.ts';
import { requireLookReason } from '../looks/look-reason.ts';
import { findDriverById, type Driver } from '../register/find-driver.ts';
import { isRecordIntact } from './is-record-intact.ts';
import { latestTest } from './latest-test.ts';
import { appendCounterAct, listCounterActs, lockRecord, updateRecordState } from './records.queries.ts';
import { situationOf } from './situation-of.ts';
import { supervises } from './supervises.ts';

export interface ActContext {
  readonly driver: Driver;
  readonly situation: RecordSituation;
  readonly periodStart: CalendarDate;
  /** 経由地: this office belongs to another commission than the person's home. */
  readonly isVia: boolean;
  /** The acts that hold, oldest first. */
  readonly standing: readonly StandingAct[];
  /** It was decided without a line, before something that was done since. */
  readonly isOvertaken: boolean;
  /** The tables of fees that may apply. */
  readonly feeTables: readonly FeeTable[];
}

/** What an officer saw of the record. */
export interface Seen {
  readonly recordNumber: string;
  readonly version: number;
  /** Decided while the line was away: by whom, where and when, whatever version there is now; `keep` writes it down with the act. */
  readonly offline?: {
    readonly officerId: string;
    readonly isSupervisor: boolean;
    readonly officeId: string;
    /** Of that office. */
    readonly commissionCode: string;
    readonly decidedAt: Date;
    keep(trx: Transaction<DB>, recordId: string): Promise<void>;
  };
}

type StandingAct = Awaited<ReturnType<typeof listCounterActs>>[number] & { readonly kind: Deed };

/** What an officer does, or (`corrected`) the newest standing act that he takes back. */
export type PlannedAct = (
  { readonly kind: Deed } | { readonly kind: 'corrected'; readonly takesBack: number }
) & {
  readonly reason?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
  /** What the audit trail keeps of it: no personal data. */
  readonly audited?: AuditEntry['detail'];
};

/**
 * One act of an officer on a record, in one transaction: the row is locked, `plan` sees the newest situation and may refuse, then
 * state, history and audit are written together. `version` is the one that the officer saw: who acts on an older one is refused,
 * with `record_already_decided` or `record_already_used` where that is what happened, else `record_changed_meanwhile`; what was decided
 * without a line, before something that somebody did since, with `offline_overtaken`.
 */
export async function actOnRecord(
  app: App,
  officer: CounterOfficer,
  seen: Seen,
  plan: (context: ActContext) => PlannedAct,
): Promise<void> {
  const { offline } = seen;
  const at = offline?.decidedAt ?? app.clock.now();
  await app.db.transaction().execute(async (trx) => {
    const record = await lockRecord(trx, seen.recordNumber);
    if (!record) throw new Refusal('record_not_found');
    const context = await lookAt(app, officer, trx, record, seen.offline, at);
    const act = plan(context);
    const state = stateAfterAct(context, act);
    if (!offline && record.version !== seen.version) throw new Refusal('record_changed_meanwhile');
    if (context.isOvertaken) throw new Refusal('offline_overtaken');
    const needsIntact = act.kind !== 'rejected' && act.kind !== 'voided' && act.kind !== 'corrected';
    if (needsIntact && !(await isRecordIntact(app, record, context.driver))) {
      throw new Refusal('record_altered');
    }
    await updateRecordState(trx, record.id, { state, version: record.version + 1 });
    // The faces have been compared; nothing needs them any more.
    if (state === 'used') await releasePhotos(app, trx, record.attendanceId);
    await appendCounterAct(trx, {
      recordId: record.id,
      recordVersion: record.version,
      kind: act.kind,
      officerId: (offline ?? officer).officerId,
      officeId: (offline ?? officer).officeId,
      at,
      reason: act.reason ?? null,
      takesBack: act.kind === 'corrected' ? act.takesBack : null,
      detail: JSON.stringify(act.detail ?? {}),
    });
    await appendAudit(trx, officer, {
      what: `record.${act.kind}`,
      subject: { kind: 'record', id: record.id },
      detail: {
        reason: act.reason ?? null,
        isVia: context.isVia,
        ...(offline && { offlineBy: offline.officerId, decidedAt: at.toISOString() }),
        ...act.audited,
      },
    });
    await offline?.keep(trx, record.id);
  });
}

function stateAfterAct({ situation, standing }: ActContext, act: PlannedAct): RecordState {
  if (act.kind === 'corrected') {
    // Whatever state the history does not account for is not ours to take back.
    const before = stateAfter(standing.filter(({ id }) => id !== act.takesBack));
    if (before === null || stateAfter(standing) !== situation.state) throw new Refusal('nothing_to_correct');
    return before;
  }
  const move = moveRecord(situation, act.kind);
  if ('refusal' in move) throw new Refusal(move.refusal);
  return move.state;
}

async function lookAt(
  app: App,
  officer: CounterOfficer,
  trx: Transaction<DB>,
  record: NonNullable<Awaited<ReturnType<typeof lockRecord>>>,
  offline: Seen['offline'],
  at: Date,
): Promise<ActContext> {
  const driver = await findDriverById(trx, record.driverId);
  if (!driver) throw new Error('a record without a driver');
  // Who decided without us had the person before him and could not look anything up.
  if (!offline) await requireLookReason({ db: trx, clock: app.clock }, officer, driver);
  const { commissionCode } = offline ?? officer;
  const acts = await listCounterActs(trx, record.recordNumber);
  const test = latestTest(acts);
  const standing = standingActs(acts);
  return {
    driver,
    periodStart: record.periodStart,
    standing,
    isOvertaken: offline !== undefined && isOvertaken(offline.decidedAt, acts),
    feeTables: await readFeeTables(trx, [driver.homeCommissionCode, commissionCode]),
    isVia: driver.homeCommissionCode !== commissionCode,
    situation: situationOf(record, driver, {
      now: at,
      test,
      isSupervisor: supervises(offline ?? officer, standing.at(-1)),
    }),
  };
}
