import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { createInvitation } from './create-invitation.ts';
import { takeTurnWith } from './take-turn.ts';

/**
 * A new invitation link for an officer who changes the device or lost it; the links made before end with it, passkeys stay. Refused:
 * `not_found`, `not_allowed`, `officer_disabled`.
 */
export async function renewInvitation(
  app: App,
  administrator: Administrator,
  officerId: string,
): Promise<{ url: string; expiresAt: Date }> {
  return app.db.transaction().execute(async (trx) => {
    const officer = await takeTurnWith(trx, administrator, officerId);
    if (officer.disabledAt !== null) throw new Refusal('officer_disabled');
    return createInvitation(app, trx, administrator, officer.id);
  });
}
