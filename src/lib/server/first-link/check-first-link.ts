import { z } from 'zod';
import type { LinkDifference } from '#lib/domain/people/compare-four-information.ts';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { readReceiptNumber } from '#lib/domain/people/receipt-number.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { FirstLinkState } from './first-link.queries.ts';
import { findFirstLinkByNumber, listCandidates } from './review.queries.ts';

export const CheckFirstLink = z.object({ receiptNumber: z.string().max(40) });

/** A first link as an officer sees it: whom of the register it may mean, and what did not agree. What the certificate said is gone. */
export interface CheckedFirstLink {
  readonly receiptNumber: string;
  readonly state: Exclude<FirstLinkState, 'open'>;
  readonly kind: string;
  readonly signedAt: Date | null;
  readonly expiresAt: Date;
  readonly differences: readonly LinkDifference[];
  readonly candidates: Awaited<ReturnType<typeof listCandidates>>;
  readonly decision: {
    readonly officerName: string;
    readonly at: Date;
    readonly reason: string;
    readonly note: string;
  } | null;
}

/**
 * A first link by its receipt number, as it was typed; that it was looked at is written down. Refuses with not_found a number that is none,
 * or whose link concerns no driver of the officer's commission.
 */
export async function checkFirstLink(
  { db, clock }: App,
  officer: CounterOfficer,
  input: z.output<typeof CheckFirstLink>,
): Promise<CheckedFirstLink> {
  const number = readReceiptNumber(input.receiptNumber);
  const link = number === undefined ? undefined : await findFirstLinkByNumber(db, number);
  if (!link || link.state === 'open') throw new Refusal('not_found');
  const candidates = await listCandidates(db, link.candidateIds, officer.commissionCode);
  if (candidates.length === 0) throw new Refusal('not_found');
  await appendAudit(db, officer, {
    what: 'firstLink.checked',
    subject: { kind: 'firstLink', id: link.id },
  });
  const isLapsed = link.state === 'awaitingOfficer' && clock.now() > link.expiresAt;
  const { receiptNumber, kind, signedAt, expiresAt, differences, officerName, decidedAt } = link;
  return {
    ...{ receiptNumber, kind, signedAt, expiresAt, differences, candidates },
    state: isLapsed ? 'expired' : link.state,
    decision:
      decidedAt === null
        ? null
        : {
            officerName: officerName ?? '',
            at: decidedAt,
            reason: link.decidedReason ?? '',
            note: link.decidedNote ?? '',
          },
  };
}
