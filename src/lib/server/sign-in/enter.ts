import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { DB, Transaction } from '../db/database.ts';
import { openFirstLink } from '../first-link/open-first-link.ts';
import { createSession } from '../sessions/create-session.ts';
import { findActor } from '../sessions/find-actor.ts';
import { findCredential, markCredentialUsed } from './credential.queries.ts';
import type { Proof } from './proof.ts';
import { reinstateCredential } from './reinstate-credential.ts';

/** What every way in knows of the request. */
export interface SignInContext {
  readonly browserToken: string;
  readonly userAgent: string;
  readonly requestId?: string;
}

/** Where a proof leads: into a session, or, for a credential that is nobody's yet, to its first link (初回連携). */
export type Entrance =
  | { readonly kind: 'session'; readonly token: string; readonly expiresAt: Date }
  | { readonly kind: 'firstLink'; readonly id: string; readonly expiresAt: Date };

/**
 * Lets in the learner whose linked credential was proved: the one door behind all three ways. A credential that nobody has linked, or that
 * was replaced, makes no account and no session: it begins a first link.
 */
export async function enter(app: App, context: SignInContext, proof: Proof): Promise<Entrance> {
  return app.db.transaction().execute(async (trx) => {
    const credential = await findCredential(trx, proof.identity);
    if (!credential || credential.replacedAt !== null) {
      const { id, expiresAt } = await openFirstLink(app, trx, context, proof);
      return { kind: 'firstLink', id, expiresAt };
    }
    const session = await beginLearnerSession(app, trx, context, { proof, credential });
    return { kind: 'session', ...session };
  });
}

/** A new session, under a new id, for the driver of this credential; written down. */
export async function beginLearnerSession(
  app: App,
  trx: Transaction<DB>,
  { userAgent, requestId }: SignInContext,
  { proof, credential }: { proof: Proof; credential: { readonly id: string; readonly driverId: string } },
): Promise<{ token: string; expiresAt: Date }> {
  const scope = { db: trx, clock: app.clock };
  await reinstateCredential(trx, credential.id);
  const session = await createSession(scope, {
    personKind: 'learner',
    personId: credential.driverId,
    method: proof.method,
    credentialId: credential.id,
    userAgent,
  });
  const learner = await findActor(scope, session.token);
  if (!learner) throw new Error('a session that was just made has no actor');
  await markCredentialUsed(trx, credential.id, app.clock.now());
  await appendAudit(trx, learner, {
    what: 'session.begun',
    subject: { kind: 'credential', id: credential.id },
    detail: { method: proof.method, ...proof.evidence },
    ...(requestId === undefined ? {} : { requestId }),
  });
  return session;
}

/** Says in the log why somebody was not let in: neither certificate nor serial number, for the log is read by many. */
export async function logRefusals<T>(
  app: Pick<App, 'log'>,
  facts: { readonly method: Proof['method'] | 'firstLink'; readonly requestId?: string },
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (thrown) {
    if (thrown instanceof Refusal) {
      app.log.info({ ...facts, code: thrown.code, detail: thrown.detail }, 'somebody was not let in');
    }
    throw thrown;
  }
}
