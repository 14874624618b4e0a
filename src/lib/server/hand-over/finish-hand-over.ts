import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { createSession } from '../sessions/create-session.ts';
import { findActor } from '../sessions/find-actor.ts';
import { findHolder } from '../sign-in/find-holder.ts';
import { lockOpen, type Shown } from './find-open.ts';
import { markHandOver } from './hand-over.queries.ts';

/**
 * The person has seen on the asking device as whom it is to sign in, and agrees: a session of its own, once, with the credential that was
 * proved on the other device. Refused as `hand_over_over`, also when that credential is in force no more.
 */
export async function finishHandOver(
  app: App,
  shown: Extract<Shown, { side: 'asking' }>,
  { userAgent, requestId }: { readonly userAgent: string; readonly requestId: string },
): Promise<{ readonly token: string; readonly expiresAt: Date; readonly next: string }> {
  return app.db.transaction().execute(async (trx) => {
    const { id, credentialId, method, next } = await lockOpen(app, trx, shown, ['approved']);
    const personId = credentialId === null ? undefined : await findHolder(trx, credentialId);
    if (personId === undefined || credentialId === null || method === null)
      throw new Refusal('hand_over_over');
    const scope = { db: trx, clock: app.clock };
    const session = await createSession(scope, {
      personKind: 'learner',
      personId,
      method,
      credentialId,
      userAgent,
    });
    // Nobody, when the card was replaced or revoked in these minutes.
    const learner = await findActor(scope, session.token);
    if (!learner) throw new Refusal('hand_over_over');
    await markHandOver(trx, id, { endedAt: app.clock.now() });
    await appendAudit(trx, learner, {
      what: 'session.begun',
      subject: { kind: 'credential', id: credentialId },
      detail: { method, handOver: id },
      requestId,
    });
    return { ...session, next };
  });
}
