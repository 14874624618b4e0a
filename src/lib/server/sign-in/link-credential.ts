import type { Actor } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { findCredential, insertCredential } from './credential.queries.ts';

export interface CredentialLink {
  readonly driverId: string;
  readonly anchorId: string;
  /** Lower-case hexadecimal without leading zero bytes. */
  readonly serial: string;
  readonly spkiSha256: Buffer;
}

/**
 * Links an authentication certificate to a driver; a driver may have several (card, phone). Linking the same one to the same driver
 * again changes nothing. Refuses with not_allowed a certificate that is another driver's. Returns the credential's id.
 */
export async function linkCredential(
  app: Pick<App, 'db' | 'clock'>,
  actor: Actor | 'system',
  { driverId, anchorId, serial, spkiSha256 }: CredentialLink,
): Promise<string> {
  return app.db.transaction().execute(async (trx) => {
    const row = { driverId, method: 'challenge', anchorId, serial, spkiSha256, linkedAt: app.clock.now() };
    const id = await insertCredential(trx, row);
    if (id === undefined) {
      const present = await findCredential(trx, { anchorId, serial });
      const isSame =
        present?.driverId === driverId &&
        present.spkiSha256.equals(spkiSha256) &&
        present.replacedAt === null;
      if (!isSame) throw new Refusal('not_allowed');
      return present.id;
    }
    await appendAudit(trx, actor, {
      what: 'credential.linked',
      subject: { kind: 'driver', id: driverId },
      detail: { credential: id, anchor: anchorId },
    });
    return id;
  });
}
