import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../../app.ts';
import { verifyCertificate } from '../../certificates/verify-certificate.ts';
import type { Presented } from '../../tls-hosts/presented-certificate.ts';
import { consumeChallenge } from '../challenge.queries.ts';
import { logRefusals } from '../enter.ts';
import { proofByCertificate, type Proof } from '../proof.ts';
import { CardReaderRequest } from './open-card-reader-request.ts';
import { issueTicket } from './ticket.ts';

const RequestId = z.uuid();

/**
 * Takes what a browser showed at the card host, for a request that the main host opened. The request is spent before anything else is looked
 * at. Answers the address on the main host to go back to, with a ticket for what was found; or null when the request is unknown, spent or
 * too old, for then nobody is known who could be told.
 */
export async function receiveCard(
  app: App,
  requestId: string,
  presented: () => Presented,
): Promise<string | null> {
  if (!RequestId.safeParse(requestId).success) return null;
  const now = app.clock.now();
  const request = await consumeChallenge(app.db, {
    id: requestId,
    purpose: 'cardReaderSignIn',
    consumedAt: now,
  });
  if (!request || now > request.expiresAt) return null;
  const { next } = CardReaderRequest.parse(JSON.parse(request.value));
  const ticket = await issueTicket(app, request.browserSha256, { ...(await judge(app, presented)), next });
  return `${app.config.origin}/sign-in/card-reader/ticket?ticket=${ticket}`;
}

async function judge(
  app: App,
  presented: () => Presented,
): Promise<{ proof: Proof } | { refusal: Refusal['code'] }> {
  try {
    return { proof: await logRefusals(app, { method: 'tls' }, () => prove(app, presented())) };
  } catch (thrown) {
    if (thrown instanceof Refusal) return { refusal: thrown.code };
    throw thrown;
  }
}

/** That the key is in the holder's hand was proved by the handshake (RFC 5246 §7.4.8); the certificate is checked here, in full. */
async function prove(app: App, presented: Presented): Promise<Proof> {
  if (presented instanceof Refusal) throw presented;
  if (presented.length > LIMITS.certificateMaxBytes) throw new Refusal('certificate_malformed');
  const certificate = await verifyCertificate(app.trust, presented, {
    purpose: 'auth',
    at: app.clock.now(),
  });
  return proofByCertificate('tls', certificate);
}
