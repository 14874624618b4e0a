import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { verifyDocument, type SignedDocument, type VerifiedSigner } from '../certificates/verify-document.ts';
import type { DB, Transaction } from '../db/database.ts';
import { hashOfBrowser } from '../sign-in/challenge.ts';
import { beginLearnerSession, logRefusals, type SignInContext } from '../sign-in/enter.ts';
import { linkCurrentCredential } from '../sign-in/link-credential.ts';
import { checkLinkable, findCandidates, type Finding } from './find-candidates.ts';
import {
  lockDriver,
  lockFirstLink,
  markState,
  takeDocument,
  type FirstLinkRow,
} from './first-link.queries.ts';
import { identityOfLink } from './identity-of-link.ts';

const SIGNATURE_MAX_LENGTH = 2_048;
const NONCE = /^[\w-]{43}$/;
const base64Length = (bytes: number) => Math.ceil(bytes / 3) * 4;

const Answered = { id: z.uuid(), nonce: z.string().regex(NONCE) };

/** A bare signature over the document (UTF-8) beside its certificate, both in base64. */
export const BareSignature = z
  .object({
    ...Answered,
    certificate: z
      .base64()
      .min(1)
      .max(base64Length(LIMITS.certificateMaxBytes + 1)),
    signature: z.base64().min(1).max(SIGNATURE_MAX_LENGTH),
  })
  .transform(({ id, nonce, certificate, signature }): FirstLinkAnswer => {
    const [der, bytes] = [Buffer.from(certificate, 'base64'), Buffer.from(signature, 'base64')];
    return { id, nonce, signed: { kind: 'raw', certificate: der, signature: bytes } };
  });

/** The same in one file that other software made: CMS (RFC 5652), DER or PEM. Its size is looked at by readSignatureFile. */
export const SignatureFile = z.object({ ...Answered, file: z.instanceof(Blob) });

export interface FirstLinkAnswer {
  readonly id: string;
  readonly nonce: string;
  readonly signed: SignedDocument;
}

export type FirstLinkOutcome =
  | { readonly kind: 'session'; readonly token: string; readonly expiresAt: Date }
  | { readonly kind: 'awaitingOfficer' };

/**
 * Takes the signed document of a first link. The document is taken away before anything else is looked at, so each is good for one answer.
 * Who signed is verified, found in the register, and forgotten; then the credential that began this is linked to him and he is let in under
 * a new session, or it waits for an officer. Refuses: first_link_used, _over, _other_browser, _not_in_register, _not_submitted,
 * _no_card_record; certificate_*, revocation_unavailable, signature_invalid; not_allowed for a credential that is another driver's.
 */
export function signFirstLink(
  app: App,
  context: SignInContext,
  answer: FirstLinkAnswer,
): Promise<FirstLinkOutcome> {
  const { requestId } = context;
  const facts = { method: 'firstLink', ...(requestId !== undefined && { requestId }) } as const;
  return logRefusals(app, facts, async () => {
    const document = await spendDocument(app, context, answer);
    return auditRefusal(app, context, answer.id, async () => {
      const at = app.clock.now();
      const signer = await verifyDocument(app.trust, Buffer.from(document, 'utf8'), answer.signed, at);
      return app.db.transaction().execute((trx) => finish(app, trx, context, { id: answer.id, signer }));
    });
  });
}

/** A signature that led to nothing is written down too: why, and nothing of who signed. */
async function auditRefusal<T>(
  { db }: App,
  { requestId }: SignInContext,
  id: string,
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (thrown) {
    if (thrown instanceof Refusal) {
      await appendAudit(db, 'system', {
        what: 'firstLink.refused',
        subject: { kind: 'firstLink', id },
        detail: { code: thrown.code },
        ...(requestId === undefined ? {} : { requestId }),
      });
    }
    throw thrown;
  }
}

async function spendDocument(
  { db, clock }: App,
  { browserToken }: SignInContext,
  { id, nonce }: FirstLinkAnswer,
): Promise<string> {
  const taken = await takeDocument(db, { id, nonce });
  if (!taken?.document) throw new Refusal('first_link_used');
  if (!timingSafeEqual(taken.browserSha256, hashOfBrowser(browserToken)))
    throw new Refusal('first_link_other_browser');
  if (clock.now() > taken.expiresAt) throw new Refusal('first_link_over');
  return taken.document;
}

async function finish(
  app: App,
  trx: Transaction<DB>,
  context: SignInContext,
  { id, signer }: { id: string; signer: VerifiedSigner },
): Promise<FirstLinkOutcome> {
  const link = await lockFirstLink(trx, id);
  // Another document of the same link, in another window, may have come first.
  if (link?.state !== 'open' || app.clock.now() > link.expiresAt) throw new Refusal('first_link_over');
  const finding = await findCandidates(trx, signer.fourInformation);
  const isLinked = finding.kind === 'same';
  await appendAudit(trx, 'system', {
    what: 'firstLink.signed',
    subject: { kind: 'firstLink', id },
    detail: {
      result: isLinked ? 'linked' : 'awaitingOfficer',
      anchor: signer.anchorId,
      revocationSource: signer.revocation.source,
    },
    ...(context.requestId === undefined ? {} : { requestId: context.requestId }),
  });
  return isLinked ? linkAtOnce(app, trx, context, link, finding) : handToOfficer(app, trx, link, finding);
}

async function linkAtOnce(
  app: App,
  trx: Transaction<DB>,
  context: SignInContext,
  link: FirstLinkRow,
  finding: Extract<Finding, { kind: 'same' }>,
): Promise<FirstLinkOutcome> {
  const driver = await lockDriver(trx, finding.driver.id);
  if (!driver) throw new Refusal('first_link_not_in_register');
  checkLinkable(driver);
  const identity = identityOfLink(link);
  const credentialId = await linkCurrentCredential(app, trx, 'system', { driverId: driver.id, identity });
  const signedAt = app.clock.now();
  await markState(trx, link.id, { state: 'linked', driverId: driver.id, signedAt });
  const session = await beginLearnerSession(app, trx, context, {
    proof: { method: link.method, identity, evidence: link.evidence },
    credential: { id: credentialId, driverId: driver.id },
  });
  return { kind: 'session', ...session };
}

async function handToOfficer(
  { clock }: App,
  trx: Transaction<DB>,
  link: FirstLinkRow,
  { drivers, differences }: Extract<Finding, { kind: 'review' }>,
): Promise<FirstLinkOutcome> {
  if (drivers.length === 1) checkLinkable(drivers[0]!);
  const signedAt = clock.now();
  await markState(trx, link.id, {
    state: 'awaitingOfficer',
    signedAt,
    expiresAt: new Date(signedAt.getTime() + LIMITS.firstLinkWaitMs),
    candidateIds: drivers.map(({ id }) => id),
    differences,
  });
  return { kind: 'awaitingOfficer' };
}
