import { handOverState, type HandOverState } from '#lib/domain/people/hand-over.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import type { DB, Transaction } from '../db/database.ts';
import { findHandOver, lockHandOver, type HandOverRow } from './hand-over.queries.ts';
import { isSame, readKey, sha256 } from './keys.ts';

/** The two sides, and what each has to show: the QR code's secret and the browser's cookie, or the secret given at the claim. */
export type Shown =
  | { readonly side: 'asking'; readonly key: string; readonly browserToken: string }
  | { readonly side: 'qr'; readonly key: string }
  | { readonly side: 'phone'; readonly key: string };

/** Whether this is the hand-over that was shown, by the secrets of the side that shows it. */
function isShownBy(row: HandOverRow, shown: Shown, presented: Buffer): boolean {
  if (shown.side === 'phone') return isSame(row.phoneSha256, presented);
  if (!isSame(row.secretSha256, presented)) return false;
  return shown.side === 'qr' || isSame(row.browserSha256, sha256(shown.browserToken));
}

/** The hand-over that is shown, and how it stands; null when it is unknown or another's. For looking only. */
export async function findShown(
  app: Pick<App, 'db' | 'clock'>,
  shown: Shown,
): Promise<(HandOverRow & { readonly state: HandOverState }) | null> {
  const key = readKey(shown.key);
  const row = key && (await findHandOver(app.db, key.id));
  if (!key || !row || !isShownBy(row, shown, key.sha256)) return null;
  return { ...row, state: handOverState(row, app.clock.now()) };
}

/**
 * Locks the hand-over that is shown, in the one state in which the act may happen. Refused as `hand_over_over` when it is unknown, is
 * another's, or has come to another state: nobody is told which.
 */
export async function lockOpen(
  app: Pick<App, 'clock'>,
  trx: Transaction<DB>,
  shown: Shown,
  states: readonly HandOverState[],
): Promise<HandOverRow> {
  const key = readKey(shown.key);
  const row = key && (await lockHandOver(trx, key.id));
  if (!key || !row || !isShownBy(row, shown, key.sha256)) throw new Refusal('hand_over_over');
  if (!states.includes(handOverState(row, app.clock.now()))) throw new Refusal('hand_over_over');
  return row;
}
