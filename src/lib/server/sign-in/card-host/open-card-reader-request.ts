import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../../app.ts';
import { hashOfBrowser, openChallenge } from '../challenge.ts';

/** What is remembered of a learner who is on his way to the card host. */
export const CardReaderRequest = z.object({ next: z.string().max(LIMITS.textMaxLength).nullable() });

/** Whether this installation has a card host, so that a card in a reader is one of the ways in. */
export function isCardReaderOffered({ config }: Pick<App, 'config'>): boolean {
  return config.cardHost !== null;
}

/**
 * Sends a learner to the card host, for LIMITS.challengeTtlMs and from this browser only: the address to redirect to. `next` is where he wants
 * to be afterwards; one of no reasonable length is forgotten. Refused with not_found where there is no card host.
 */
export async function openCardReaderRequest(
  app: Pick<App, 'config' | 'db' | 'clock'>,
  { browserToken, next }: { readonly browserToken: string; readonly next: string | null },
): Promise<string> {
  const { cardHost } = app.config;
  if (cardHost === null) throw new Refusal('not_found');
  const remembered = CardReaderRequest.safeParse({ next });
  const { id } = await openChallenge(app, {
    purpose: 'cardReaderSignIn',
    browserSha256: hashOfBrowser(browserToken),
    ttlMs: LIMITS.challengeTtlMs,
    value: () => JSON.stringify(remembered.success ? remembered.data : { next: null }),
  });
  return `${cardHost.origin}/?request=${id}`;
}
