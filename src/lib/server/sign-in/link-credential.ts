import type { Actor } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { findCredential, insertCredential } from './credential.queries.ts';
import type { CredentialIdentity } from './proof.ts';

/**
 * Links a credential to a driver; a driver may have several (card, app). Linking the same one to the same driver again changes nothing.
 * Refuses with not_allowed one that is another driver's. Returns the credential's id.
 */
export async function linkCredential(
  app: Pick<App, 'db' | 'clock'>,
  actor: Actor | 'system',
  { driverId, identity }: { readonly driverId: string; readonly identity: CredentialIdentity },
): Promise<string> {
  return app.db.transaction().execute(async (trx) => {
    const id = await insertCredential(trx, { driverId, ...identity, linkedAt: app.clock.now() });
    if (id === undefined) {
      const present = await findCredential(trx, identity);
      if (present?.driverId !== driverId || present.replacedAt !== null) throw new Refusal('not_allowed');
      return present.id;
    }
    await appendAudit(trx, actor, {
      what: 'credential.linked',
      subject: { kind: 'driver', id: driverId },
      detail: { credential: id, kind: identity.kind },
    });
    return id;
  });
}
