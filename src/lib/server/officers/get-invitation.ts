import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { hashOfInvitation } from './create-invitation.ts';
import { findInvitation } from './officer.queries.ts';

/**
 * Whom an invitation is for, as long as it works. Refused: `invitation_invalid` (unknown, used, expired: which of them is nobody's
 * business), `officer_disabled`.
 */
export async function getInvitation(app: App, token: string) {
  const invitation = await findInvitation(app.db, hashOfInvitation(token));
  if (!invitation || invitation.usedAt !== null || invitation.expiresAt <= app.clock.now()) {
    throw new Refusal('invitation_invalid');
  }
  if (invitation.disabledAt !== null) throw new Refusal('officer_disabled');
  const { disabledAt: _disabledAt, usedAt: _usedAt, ...facts } = invitation;
  return facts;
}
