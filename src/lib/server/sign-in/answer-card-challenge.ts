import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { verifyCertificate, type VerifiedCertificate } from '../certificates/verify-certificate.ts';
import { verifySignature } from '../certificates/verify-signature.ts';
import { createSession } from '../sessions/create-session.ts';
import { findActor } from '../sessions/find-actor.ts';
import { consumeChallenge, findConsumedChallenge } from './challenge.queries.ts';
import { findCredential, markCredentialUsed, type CredentialRow } from './credential.queries.ts';
import { hashOfBrowser } from './open-card-challenge.ts';

const SIGNATURE_MAX_LENGTH = 2_048;
const base64Length = (bytes: number) => Math.ceil(bytes / 3) * 4;

export const CardAnswer = z.object({
  challengeId: z.uuid(),
  /** DER in base64. Longer ones are read no further than it takes to refuse them. */
  certificate: z
    .base64()
    .min(1)
    .max(base64Length(LIMITS.certificateMaxBytes + 1)),
  /** base64. */
  signature: z.base64().min(1).max(SIGNATURE_MAX_LENGTH),
});
export type CardAnswer = z.infer<typeof CardAnswer>;

export interface AnswerContext {
  readonly browserToken: string;
  readonly userAgent: string;
  readonly requestId?: string;
}

/**
 * Signs a learner in by the signature of his card over an open challenge. The challenge is spent before anything else is looked at. Refuses:
 * challenge_unknown, _used, _expired, _other_browser; certificate_*, revocation_unavailable; signature_invalid; card_not_linked.
 */
export async function answerCardChallenge(
  app: App,
  context: AnswerContext,
  input: CardAnswer,
): Promise<{ token: string; expiresAt: Date }> {
  try {
    const certificate = await checkAnswer(app, context, input);
    return await beginSession(app, context, certificate);
  } catch (thrown) {
    if (thrown instanceof Refusal) {
      // Neither certificate nor serial number: the log is read by many.
      const { code, detail } = thrown;
      app.log.info({ requestId: context.requestId, method: 'challenge', code, detail }, 'a card was refused');
    }
    throw thrown;
  }
}

async function checkAnswer(
  app: App,
  context: AnswerContext,
  input: CardAnswer,
): Promise<VerifiedCertificate> {
  const text = await spendChallenge(app, context.browserToken, input.challengeId);
  const der = Buffer.from(input.certificate, 'base64');
  const certificate = await verifyCertificate(app.trust, der, { purpose: 'auth', at: app.clock.now() });
  verifySignature(certificate, Buffer.from(text, 'utf8'), Buffer.from(input.signature, 'base64'));
  return certificate;
}

async function beginSession(
  app: App,
  context: AnswerContext,
  certificate: VerifiedCertificate,
): Promise<{ token: string; expiresAt: Date }> {
  return app.db.transaction().execute(async (trx) => {
    const credential = await findLinked(trx, certificate);
    const scope = { db: trx, clock: app.clock };
    const session = await createSession(scope, {
      personKind: 'learner',
      personId: credential.driverId,
      credentialId: credential.id,
      userAgent: context.userAgent,
    });
    const learner = await findActor(scope, session.token);
    if (!learner) throw new Error('a session that was just made has no actor');
    await markCredentialUsed(trx, credential.id, app.clock.now());
    await appendAudit(trx, learner, {
      what: 'session.begun',
      subject: { kind: 'credential', id: credential.id },
      detail: {
        method: 'challenge',
        anchor: certificate.anchorId,
        revocationSource: certificate.revocation.source,
        revocationAsOf: certificate.revocation.thisUpdate.toISOString(),
      },
      ...(context.requestId === undefined ? {} : { requestId: context.requestId }),
    });
    return session;
  });
}

async function spendChallenge(app: App, browserToken: string, id: string): Promise<string> {
  const now = app.clock.now();
  const challenge = await consumeChallenge(app.db, id, now);
  if (!challenge) {
    throw new Refusal((await findConsumedChallenge(app.db, id)) ? 'challenge_used' : 'challenge_unknown');
  }
  if (now > challenge.expiresAt) throw new Refusal('challenge_expired');
  if (!timingSafeEqual(challenge.browserSha256, hashOfBrowser(browserToken)))
    throw new Refusal('challenge_other_browser');
  return challenge.value;
}

/** By anchor and serial, and the same key: a serial number alone proves nothing. A certificate that is not linked makes no account. */
async function findLinked(
  db: Parameters<typeof findCredential>[0],
  { anchorId, serial, spkiSha256 }: VerifiedCertificate,
): Promise<CredentialRow> {
  const credential = await findCredential(db, { anchorId, serial });
  if (!credential || credential.replacedAt !== null || !credential.spkiSha256.equals(spkiSha256)) {
    throw new Refusal('card_not_linked');
  }
  return credential;
}
