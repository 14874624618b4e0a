import type { Actor } from '#lib/domain/people/actor.ts';
import type { Database, DB, Transaction } from '../db/database.ts';
import { findSession } from './session.queries.ts';
import type { SessionMethod } from './session-method.ts';

/** By which way and when the session began in which the person acts. */
export async function getOwnSignIn(
  db: Database | Transaction<DB>,
  { sessionIdSha256 }: Actor,
): Promise<{ readonly method: SessionMethod; readonly createdAt: Date }> {
  const session = await findSession(db, sessionIdSha256);
  if (!session) throw new Error('the session of an actor is not there');
  return session;
}
