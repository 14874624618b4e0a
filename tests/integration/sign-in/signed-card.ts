import type { App } from '#lib/server/app.ts';
import type { CardAnswer } from '#lib/server/sign-in/answer-card-challenge.ts';
import { openCardChallenge } from '#lib/server/sign-in/open-card-challenge.ts';

export const BROWSER = 'a'.repeat(43);
export const CONTEXT = { browserToken: BROWSER, userAgent: 'Test' };

/** A card as its holder has it in the hand: certificate and key. */
export interface Card {
  readonly der: Buffer;
  readonly privateKey: CryptoKey;
}

export async function sign(card: Card, text: string): Promise<string> {
  const algorithm =
    card.privateKey.algorithm.name === 'ECDSA' ? { name: 'ECDSA', hash: 'SHA-384' } : 'RSASSA-PKCS1-v1_5';
  const bytes = await crypto.subtle.sign(algorithm, card.privateKey, new TextEncoder().encode(text));
  return Buffer.from(bytes).toString('base64');
}

/** Opens a challenge and answers it with the card; `alter` changes the text that the card gets to sign. */
export async function answerWith(
  app: App,
  card: Card,
  alter: (text: string) => string = (text) => text,
): Promise<CardAnswer> {
  const { challengeId, text } = await openCardChallenge(app, { browserToken: BROWSER });
  return { challengeId, certificate: card.der.toString('base64'), signature: await sign(card, alter(text)) };
}

export async function spkiSha256Of(key: CryptoKey): Promise<Buffer> {
  const spki = await crypto.subtle.exportKey('spki', key);
  return Buffer.from(await crypto.subtle.digest('SHA-256', spki));
}
