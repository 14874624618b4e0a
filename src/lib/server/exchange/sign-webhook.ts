import { createHmac, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;
const SECOND_MS = 1_000;

export const makePushSecret = (): Buffer => randomBytes(SECRET_BYTES);

/** A secret as partners' programs want it (Standard Webhooks). */
export const writePushSecret = (secret: Buffer): string => `whsec_${secret.toString('base64')}`;

/** The three headers of a message by Standard Webhooks 1.0: HMAC-SHA256 over id, time and content. */
export function signWebhook(
  secret: Buffer,
  message: { readonly id: string; readonly at: Date; readonly content: string },
): Record<string, string> {
  const timestamp = String(Math.floor(message.at.getTime() / SECOND_MS));
  const signed = `${message.id}.${timestamp}.${message.content}`;
  const signature = createHmac('sha256', secret).update(signed).digest('base64');
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}
