import { z } from 'zod';
import { LOOK_REASONS, type LookReason } from '#lib/domain/audit/looks.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Database, DB, Transaction } from '../db/database.ts';
import { findLookReason, insertLookReason } from './looks.queries.ts';

export const GiveLookReason = z.object({
  reason: z.enum(LOOK_REASONS),
  words: z
    .string()
    .trim()
    .max(LIMITS.lookWordsMaxLength)
    .regex(/^[^\p{Cc}\p{Cf}]*$/u)
    .default(''),
});

/** With a transaction instead of the database where one is open. */
interface Reader {
  readonly db: Database | Transaction<DB>;
  readonly clock: App['clock'];
}

/** Whom an officer wants to see. */
export interface LookedAt {
  readonly id: string;
  readonly homeCommissionCode: string;
}

const isOwn = (officer: CounterOfficer, driver: LookedAt) =>
  driver.homeCommissionCode === officer.commissionCode;

/**
 * Why this officer looks at this driver: null for one of his own commission, who needs no reason; for others what he said in this session
 * within LIMITS.lookReasonTtlMs. Refused: `look_reason_required` when he has not.
 */
export async function requireLookReason(
  app: Reader,
  officer: CounterOfficer,
  driver: LookedAt,
): Promise<LookReason | null> {
  if (isOwn(officer, driver)) return null;
  const given = await findGiven(app, officer, driver);
  if (!given) throw new Refusal('look_reason_required');
  return given.reason;
}

/** Whether the officer may see this driver now. */
export async function isLookReasoned(
  app: Reader,
  officer: CounterOfficer,
  driver: LookedAt,
): Promise<boolean> {
  return isOwn(officer, driver) || (await findGiven(app, officer, driver)) !== undefined;
}

function findGiven(app: Reader, { officerId, sessionIdSha256 }: CounterOfficer, { id: driverId }: LookedAt) {
  const since = new Date(app.clock.now().getTime() - LIMITS.lookReasonTtlMs);
  return findLookReason(app.db, driverId, sessionIdSha256, officerId, since);
}

/** Keeps why, also in the audit trail; the words, which may name somebody, beside it, where they can be deleted. Nothing for a driver of the own commission. Refused: `look_words_missing` for `other` without words. */
export async function giveLookReason(
  app: App,
  officer: CounterOfficer,
  driver: LookedAt,
  { reason, words }: z.output<typeof GiveLookReason>,
): Promise<void> {
  if (isOwn(officer, driver)) return;
  if (reason === 'other' && words === '') throw new Refusal('look_words_missing');
  const { officerId, sessionIdSha256 } = officer;
  await app.db.transaction().execute(async (trx) => {
    const reasonId = await insertLookReason(trx, {
      ...{ officerId, sessionIdSha256, driverId: driver.id, reason },
      words: words === '' ? null : words,
      givenAt: app.clock.now(),
    });
    await appendAudit(trx, officer, {
      what: 'driver.reasonGiven',
      subject: { kind: 'driver', id: driver.id },
      detail: { reason, reasonId },
    });
  });
}
