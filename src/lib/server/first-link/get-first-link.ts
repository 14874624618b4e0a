import { randomBytes } from 'node:crypto';
import { LIMITS } from '#lib/domain/limits.ts';
import type { LinkDifference } from '#lib/domain/people/compare-four-information.ts';
import type { App } from '../app.ts';
import { hashOfBrowser } from '../sign-in/challenge.ts';
import type { DeclineReason } from './decide-first-link.ts';
import { firstLinkDocument } from './first-link-document.ts';
import { findFirstLinkOfBrowser, markExpired, setDocument, type FirstLinkRow } from './first-link.queries.ts';
import { identityOfLink } from './identity-of-link.ts';
import { listCommissionsOfDrivers } from './review.queries.ts';

const NONCE_BYTES = 32;

type Scope = Pick<App, 'db' | 'clock' | 'config'>;

/** Where a first link stands, for the person in whose browser it was begun. Nothing in it says whom the register means. */
export type FirstLinkView =
  | {
      readonly state: 'open';
      readonly id: string;
      readonly receiptNumber: string;
      /** Names the document, once. */
      readonly nonce: string;
      readonly document: string;
      readonly expiresAt: Date;
      readonly attemptsLeft: number;
    }
  | {
      readonly state: 'awaitingOfficer';
      readonly receiptNumber: string;
      readonly differences: readonly LinkDifference[];
      readonly expiresAt: Date;
      /** Whom to go to; null when several come into question. */
      readonly commission: {
        readonly nameJa: string;
        readonly nameEn: string;
        readonly phone: string | null;
      } | null;
    }
  | { readonly state: 'declined'; readonly receiptNumber: string; readonly reason: DeclineReason }
  | { readonly state: 'linked' | 'expired'; readonly receiptNumber: string };

/** The newest first link of this browser, or null. An open one gets a document to sign when it has none. */
export async function getFirstLink(
  app: Scope,
  { browserToken }: { readonly browserToken: string },
): Promise<FirstLinkView | null> {
  const browserSha256 = hashOfBrowser(browserToken);
  const link = await findFirstLinkOfBrowser(app.db, browserSha256);
  if (!link) return null;
  const { receiptNumber } = link;
  if (link.state === 'open') return viewOpen(app, link);
  if (link.state === 'declined')
    return { state: 'declined', receiptNumber, reason: (link.decidedReason ?? 'other') as DeclineReason };
  if (link.state !== 'awaitingOfficer') return { state: link.state, receiptNumber };
  if (app.clock.now() > link.expiresAt) return { state: 'expired', receiptNumber };
  const commissions = await listCommissionsOfDrivers(app.db, link.candidateIds);
  return {
    state: 'awaitingOfficer',
    receiptNumber,
    differences: link.differences,
    expiresAt: link.expiresAt,
    commission: commissions.length === 1 ? commissions[0]! : null,
  };
}

async function viewOpen(app: Scope, link: FirstLinkRow): Promise<FirstLinkView> {
  const { id, receiptNumber, expiresAt } = link;
  const attemptsLeft = LIMITS.firstLinkMaxAttempts - link.attempts;
  if (app.clock.now() > expiresAt || attemptsLeft <= 0) {
    await markExpired(app.db, id);
    return { state: 'expired', receiptNumber };
  }
  const { nonce, document } = link;
  if (nonce !== null && document !== null)
    return { state: 'open', id, receiptNumber, nonce, document, expiresAt, attemptsLeft };
  await issueDocument(app, link);
  // Another window may have been quicker; what stands there now is what is to be signed.
  const issued = await findFirstLinkOfBrowser(app.db, link.browserSha256);
  if (!issued?.document) return { state: 'expired', receiptNumber };
  return viewOpen(app, issued);
}

async function issueDocument({ db, clock, config }: Scope, link: FirstLinkRow): Promise<void> {
  const nonce = randomBytes(NONCE_BYTES).toString('base64url');
  const document = firstLinkDocument({
    origin: config.origin,
    receiptNumber: link.receiptNumber,
    identity: identityOfLink(link),
    nonce,
    browserSha256: link.browserSha256,
    issuedAt: clock.now(),
    expiresAt: link.expiresAt,
  });
  await setDocument(db, link.id, { nonce, document });
}
