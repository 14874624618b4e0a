import type { Administrator, CounterOfficer } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { DB, Transaction } from '../db/database.ts';
import { createSession } from '../sessions/create-session.ts';
import { findActor } from '../sessions/find-actor.ts';
import { markOfficerSignedIn, type OfficerRole } from './officer.queries.ts';

export interface PasskeyContext {
  readonly browserToken: string;
  readonly userAgent: string;
  readonly requestId?: string;
}

export interface OfficerSession {
  readonly token: string;
  readonly expiresAt: Date;
  readonly role: OfficerRole;
}

/** Begins the session of an officer whose passkey was confirmed, and writes it down. */
export async function beginOfficerSession(
  app: App,
  trx: Transaction<DB>,
  context: PasskeyContext,
  { officerId, role, passkeyId }: { officerId: string; role: OfficerRole; passkeyId: string },
): Promise<OfficerSession> {
  const scope = { db: trx, clock: app.clock };
  const { userAgent, requestId } = context;
  const session = await createSession(scope, {
    personKind: 'officer',
    personId: officerId,
    method: 'passkey',
    credentialId: null,
    userAgent,
  });
  const officer = (await findActor(scope, session.token)) as CounterOfficer | Administrator | null;
  if (!officer) throw new Error('a session that was just made has no actor');
  await markOfficerSignedIn(trx, officerId, app.clock.now());
  await appendAudit(trx, officer, {
    what: 'session.begun',
    subject: { kind: 'passkey', id: passkeyId },
    detail: { method: 'passkey' },
    ...(requestId !== undefined && { requestId }),
  });
  return { ...session, role };
}
