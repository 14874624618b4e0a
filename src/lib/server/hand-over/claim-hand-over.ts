import type { Browser, Device } from '#lib/domain/people/browser-family.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { findShown, lockOpen } from './find-open.ts';
import { markHandOver } from './hand-over.queries.ts';
import { keyOf, newSecret, sha256, type HandOverKey } from './keys.ts';

/** Which device is to be signed in, for the person who holds the other one. */
export interface AskingDevice {
  readonly browser: Browser;
  readonly device: Device;
  readonly since: Date;
}

/** What a scanned QR code stands for. Changes nothing: a preview that opens the address does no harm. Refused as `hand_over_over`. */
export async function findAskingDevice(app: Pick<App, 'db' | 'clock'>, key: string): Promise<AskingDevice> {
  const shown = await findShown(app, { side: 'qr', key });
  if (shown?.state !== 'waiting') throw new Refusal('hand_over_over');
  return { browser: shown.browser, device: shown.device, since: shown.createdAt };
}

/**
 * The person has looked at the device and goes on to read his card: from now on the hand-over is this device's alone, and the QR code is
 * spent. Answers this device's own key. Refused as `hand_over_over`.
 */
export async function claimHandOver(
  app: Pick<App, 'db' | 'clock'>,
  key: string,
): Promise<{ readonly key: HandOverKey; readonly expiresAt: Date }> {
  return app.db.transaction().execute(async (trx) => {
    const { id, expiresAt } = await lockOpen(app, trx, { side: 'qr', key }, ['waiting']);
    const secret = newSecret();
    await markHandOver(trx, id, { claimedAt: app.clock.now(), phoneSha256: sha256(secret) });
    return { key: keyOf(id, secret), expiresAt };
  });
}
