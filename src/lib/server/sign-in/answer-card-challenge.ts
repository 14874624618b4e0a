import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import type { App } from '../app.ts';
import { verifyCertificate } from '../certificates/verify-certificate.ts';
import { verifySignature } from '../certificates/verify-signature.ts';
import { hashOfBrowser, spendChallenge } from './challenge.ts';
import { enter, logRefusals, type Entrance, type SignInContext } from './enter.ts';
import { proofByCertificate, type Proof } from './proof.ts';

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

/**
 * Lets a learner in by the signature of his card over an open challenge. The challenge is spent before anything else is looked at. Refuses:
 * challenge_unknown, _used, _expired, _other_browser; certificate_*, revocation_unavailable; signature_invalid.
 * A card that is linked to nobody leads to its first link.
 */
export function answerCardChallenge(app: App, context: SignInContext, input: CardAnswer): Promise<Entrance> {
  const { requestId } = context;
  return logRefusals(app, { method: 'challenge', ...(requestId !== undefined && { requestId }) }, async () =>
    enter(app, context, await checkAnswer(app, context, input)),
  );
}

async function checkAnswer(app: App, { browserToken }: SignInContext, input: CardAnswer): Promise<Proof> {
  const text = await spendChallenge(app, 'cardSignIn', {
    id: input.challengeId,
    browserSha256: hashOfBrowser(browserToken),
  });
  const der = Buffer.from(input.certificate, 'base64');
  const certificate = await verifyCertificate(app.trust, der, { purpose: 'auth', at: app.clock.now() });
  verifySignature(certificate, Buffer.from(text, 'utf8'), Buffer.from(input.signature, 'base64'));
  return proofByCertificate('challenge', certificate);
}
