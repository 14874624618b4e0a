import type { Actor } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { DB, Transaction } from '../db/database.ts';
import { endSessionsOfCredential } from '../sessions/end-session.ts';
import {
  findCredential,
  insertCredential,
  markCredentialLinkedAgain,
  markOthersReplaced,
} from './credential.queries.ts';
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

/**
 * Links the credential that a driver has now: of each kind (card; app of one issuer) he has one. His older ones are marked replaced and
 * their sessions end. One that was replaced before may come back to the same driver. Refuses with not_allowed one that is or was another
 * driver's. The caller has locked the driver. Returns the credential's id.
 */
export async function linkCurrentCredential(
  { clock }: Pick<App, 'clock'>,
  trx: Transaction<DB>,
  actor: Actor | 'system',
  { driverId, identity }: { readonly driverId: string; readonly identity: CredentialIdentity },
): Promise<string> {
  const now = clock.now();
  const inserted = await insertCredential(trx, { driverId, ...identity, linkedAt: now });
  const present = inserted === undefined ? await findCredential(trx, identity) : undefined;
  const id = inserted ?? present?.id;
  if (id === undefined || (present && present.driverId !== driverId)) throw new Refusal('not_allowed');
  if (present) await markCredentialLinkedAgain(trx, id, now);
  await appendAudit(trx, actor, {
    what: 'credential.linked',
    subject: { kind: 'driver', id: driverId },
    detail: { credential: id, kind: identity.kind },
  });
  for (const replaced of await markOthersReplaced(trx, { id, driverId, identity, replacedAt: now })) {
    await endSessionsOfCredential({ db: trx, clock }, replaced.id);
    await appendAudit(trx, actor, {
      what: 'credential.replaced',
      subject: { kind: 'driver', id: driverId },
      detail: { credential: replaced.id, by: id },
    });
  }
  return id;
}
