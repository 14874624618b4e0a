import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { endSessionsOf } from '../sessions/end-session.ts';
import { markOfficerDisabled } from './administration.queries.ts';
import { takeTurnWith } from './take-turn.ts';
import { endOpenInvitations } from './officer.queries.ts';

/**
 * Shuts an officer out at once: sessions and open invitations end, passkeys work no more. What he recorded stays. Doing it again changes
 * nothing. Refused: `officer_is_oneself`, so that a commission never loses its last administrator; `not_found`, `not_allowed`.
 */
export async function disableOfficer(
  app: App,
  administrator: Administrator,
  officerId: string,
): Promise<void> {
  if (officerId === administrator.officerId) throw new Refusal('officer_is_oneself');
  await app.db.transaction().execute(async (trx) => {
    const officer = await takeTurnWith(trx, administrator, officerId);
    if (officer.disabledAt !== null) return;
    const now = app.clock.now();
    await endOpenInvitations(trx, officer.id, now);
    await markOfficerDisabled(trx, officer.id, now);
    await endSessionsOf({ db: trx, clock: app.clock }, 'officer', officer.id);
    await appendAudit(trx, administrator, {
      what: 'officer.disabled',
      subject: { kind: 'officer', id: officer.id },
    });
  });
}

/** Lets a disabled officer work again with the passkeys that he has. Refused: `not_found`, `not_allowed`. */
export async function enableOfficer(
  app: App,
  administrator: Administrator,
  officerId: string,
): Promise<void> {
  await app.db.transaction().execute(async (trx) => {
    const officer = await takeTurnWith(trx, administrator, officerId);
    if (officer.disabledAt === null) return;
    await markOfficerDisabled(trx, officer.id, null);
    await appendAudit(trx, administrator, {
      what: 'officer.enabled',
      subject: { kind: 'officer', id: officer.id },
    });
  });
}
