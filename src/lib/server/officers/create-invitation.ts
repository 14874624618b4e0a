import { createHash, randomBytes } from 'node:crypto';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { DB, Transaction } from '../db/database.ts';
import { endOpenInvitations, insertInvitation } from './officer.queries.ts';

const TOKEN_BYTES = 32;

/** Only this is kept of an invitation: whoever reads the table cannot accept one. */
export function hashOfInvitation(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/**
 * Makes the link by which an officer registers a passkey, once, within LIMITS.invitationTtlMs; links made earlier for the same
 * officer end with it.
 */
export async function createInvitation(
  app: Pick<App, 'config' | 'clock'>,
  trx: Transaction<DB>,
  actor: Administrator | 'system',
  officerId: string,
): Promise<{ url: string; expiresAt: Date }> {
  const createdAt = app.clock.now();
  const expiresAt = new Date(createdAt.getTime() + LIMITS.invitationTtlMs);
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  await endOpenInvitations(trx, officerId, createdAt);
  await insertInvitation(trx, { tokenSha256: hashOfInvitation(token), officerId, createdAt, expiresAt });
  await appendAudit(trx, actor, { what: 'officer.invited', subject: { kind: 'officer', id: officerId } });
  return { url: `${app.config.origin}/invitation/${token}`, expiresAt };
}
