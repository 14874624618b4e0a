import type { App } from '../app.ts';
import { hashOfBrowser } from '../sign-in/challenge.ts';
import { markPresented } from './first-link.queries.ts';

/**
 * Ties a first link that has just begun to the browser's new token: whoever had planted or copied the one before could else have signed in
 * the other's stead, and had the other's card linked to himself.
 */
export async function bindFirstLink(
  { db, clock }: App,
  { id, browserToken }: { readonly id: string; readonly browserToken: string },
): Promise<void> {
  await markPresented(db, id, { browserSha256: hashOfBrowser(browserToken), presentedAt: clock.now() });
}
