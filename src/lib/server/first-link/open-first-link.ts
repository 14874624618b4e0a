import { randomInt } from 'node:crypto';
import { LIMITS } from '#lib/domain/limits.ts';
import { makeReceiptNumber, RECEIPT_NUMBERS } from '#lib/domain/people/receipt-number.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { DB, Transaction } from '../db/database.ts';
import { hashOfBrowser } from '../sign-in/challenge.ts';
import type { Proof } from '../sign-in/proof.ts';
import { insertFirstLink, lockWaitingLinkOf, markPresented } from './first-link.queries.ts';

/** Even with a tenth of all numbers given away, this often in a row none is free once in 10^20 times. */
const DRAWS = 20;

export interface OpenedLink {
  readonly id: string;
  readonly expiresAt: Date;
}

/**
 * Begins the first link of a credential that was proved and belongs to nobody, in this browser. Who has signed before and waits for an
 * officer is led back to that, from whatever browser he comes.
 */
export async function openFirstLink(
  { clock }: Pick<App, 'clock'>,
  trx: Transaction<DB>,
  { browserToken, requestId }: { readonly browserToken: string; readonly requestId?: string },
  { method, identity, evidence }: Proof,
): Promise<OpenedLink> {
  const now = clock.now();
  const browserSha256 = hashOfBrowser(browserToken);
  const waiting = await lockWaitingLinkOf(trx, identity);
  if (waiting && waiting.expiresAt > now) {
    await markPresented(trx, waiting.id, { browserSha256, presentedAt: now });
    return waiting;
  }
  const expiresAt = new Date(now.getTime() + LIMITS.firstLinkTtlMs);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const inserted = await insertFirstLink(trx, {
      receiptNumber: makeReceiptNumber(randomInt(RECEIPT_NUMBERS)),
      method,
      evidence: JSON.stringify(evidence),
      ...identity,
      browserSha256,
      createdAt: now,
      presentedAt: now,
      expiresAt,
    });
    if (!inserted) continue;
    await appendAudit(trx, 'system', {
      what: 'firstLink.opened',
      subject: { kind: 'firstLink', id: inserted.id },
      detail: { method, ...evidence },
      ...(requestId === undefined ? {} : { requestId }),
    });
    return { id: inserted.id, expiresAt };
  }
  throw new Error(`no free receipt number in ${DRAWS} draws`);
}
