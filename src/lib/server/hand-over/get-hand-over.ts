import { maskedName } from '#lib/domain/people/masked-name.ts';
import type { App } from '../app.ts';
import { findDriverById } from '../register/find-driver.ts';
import { findHolder } from '../sign-in/find-holder.ts';
import { findShown, type Shown } from './find-open.ts';

const LAST_DIGITS = 4;

/** How it stands, for the device that is to be signed in. */
export type HandOverView =
  | { readonly state: 'waiting' | 'claimed'; readonly number: number; readonly expiresAt: Date }
  | {
      readonly state: 'approved';
      readonly number: number;
      /** As whom: enough for its owner, too little for anybody else. */
      readonly whose: { readonly maskedName: string; readonly lastDigits: string };
    }
  | { readonly state: 'over' };

/** Refuses nothing: what is unknown, or was opened in another browser, is over. */
export async function getHandOver(
  app: Pick<App, 'db' | 'clock'>,
  shown: Extract<Shown, { side: 'asking' }>,
): Promise<HandOverView> {
  const row = await findShown(app, shown);
  if (!row || row.state === 'over') return { state: 'over' };
  const { state, number, expiresAt, credentialId } = row;
  if (state !== 'approved') return { state, number, expiresAt };
  const driverId = credentialId === null ? undefined : await findHolder(app.db, credentialId);
  const driver = driverId === undefined ? undefined : await findDriverById(app.db, driverId);
  if (!driver) return { state: 'over' };
  const whose = {
    maskedName: maskedName(driver.name),
    lastDigits: driver.licenceNumber.slice(-LAST_DIGITS),
  };
  return { state, number, whose };
}
