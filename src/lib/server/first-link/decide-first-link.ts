import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { DB, Transaction } from '../db/database.ts';
import { linkCurrentCredential } from '../sign-in/link-credential.ts';
import { checkLinkable } from './find-candidates.ts';
import { lockDriver, lockFirstLinkByNumber, markState, type FirstLinkRow } from './first-link.queries.ts';
import { identityOfLink } from './identity-of-link.ts';
import { listCandidates } from './review.queries.ts';

export const DECLINE_REASONS = ['anotherPerson', 'registerFirst', 'withdrawn', 'other'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

const receiptNumber = z.string().regex(/^L\d{8}$/);
const note = z.string().trim().max(LIMITS.textMaxLength).default('');

export const ApproveFirstLink = z.object({
  receiptNumber,
  /** Which of the candidates it is. */
  driverId: z.uuid(),
  /** The officer has seen the person, his card and his licence. */
  isSamePerson: z.literal('yes'),
  note,
});

export const DeclineFirstLink = z.object({ receiptNumber, reason: z.enum(DECLINE_REASONS).optional(), note });

/**
 * 本人と確認して連携する: the credential becomes the driver's. He signs in with it as usual; nobody's session begins here. Refuses:
 * first_link_already_decided; not_allowed for a driver of another commission or not among the candidates, and for a credential that is
 * another driver's; first_link_not_submitted, _no_card_record, _changed_meanwhile by the register of today.
 */
export async function approveFirstLink(
  app: App,
  officer: CounterOfficer,
  { receiptNumber: number, driverId, note: words }: z.output<typeof ApproveFirstLink>,
): Promise<void> {
  await app.db.transaction().execute(async (trx) => {
    const link = await lockWaiting(app, trx, officer, number);
    if (!link.candidateIds.includes(driverId)) throw new Refusal('not_allowed');
    const driver = await lockDriver(trx, driverId);
    if (!driver) throw new Refusal('first_link_changed_meanwhile');
    if (driver.homeCommissionCode !== officer.commissionCode) throw new Refusal('not_allowed');
    checkLinkable(driver);
    await linkCurrentCredential(app, trx, officer, { driverId, identity: identityOfLink(link) });
    await markState(trx, link.id, {
      state: 'linked',
      driverId,
      ...decision(app, officer, 'samePerson', words),
    });
    await appendDecision(trx, officer, link, { what: 'firstLink.approved', reason: 'samePerson' });
  });
}

/** 連携しない, with a reason; `other` needs its words. The person may begin again. Refuses: reason_required, and as approveFirstLink. */
export async function declineFirstLink(
  app: App,
  officer: CounterOfficer,
  { receiptNumber: number, reason, note: words }: z.output<typeof DeclineFirstLink>,
): Promise<void> {
  if (reason === undefined || (reason === 'other' && words === '')) throw new Refusal('reason_required');
  await app.db.transaction().execute(async (trx) => {
    const link = await lockWaiting(app, trx, officer, number);
    await markState(trx, link.id, { state: 'declined', ...decision(app, officer, reason, words) });
    await appendDecision(trx, officer, link, { what: 'firstLink.declined', reason });
  });
}

/** The link, as long as it waits; one that concerns no driver of the officer's commission is not there for him. */
async function lockWaiting(
  { clock }: App,
  trx: Transaction<DB>,
  officer: CounterOfficer,
  number: string,
): Promise<FirstLinkRow> {
  const link = await lockFirstLinkByNumber(trx, number);
  if (!link) throw new Refusal('not_found');
  const candidates = await listCandidates(trx, link.candidateIds, officer.commissionCode);
  if (candidates.length === 0) throw new Refusal('not_found');
  if (link.state !== 'awaitingOfficer' || clock.now() > link.expiresAt)
    throw new Refusal('first_link_already_decided');
  return link;
}

const decision = ({ clock }: App, officer: CounterOfficer, reason: string, words: string) => ({
  decidedBy: officer.officerId,
  decidedAt: clock.now(),
  decidedReason: reason,
  decidedNote: words,
});

function appendDecision(
  trx: Transaction<DB>,
  officer: CounterOfficer,
  link: FirstLinkRow,
  { what, reason }: { what: string; reason: string },
): Promise<void> {
  return appendAudit(trx, officer, { what, subject: { kind: 'firstLink', id: link.id }, detail: { reason } });
}
