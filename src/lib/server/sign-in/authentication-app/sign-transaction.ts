import { createHash, X509Certificate } from 'node:crypto';
import { clientCredentialsGrant } from 'openid-client';
import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { AuthenticationApp } from './authentication-app.ts';
import { refusalOf } from './exchange-code.ts';

// What is public of the service says which parts go to and fro, not what each is called: these names are to be confirmed in its sandbox.
const Opened = z.object({ sign_transaction_id: z.string().regex(/^[\w-]{1,255}$/) });
const Signed = z.object({
  /** base64; RSASSA-PKCS1-v1_5, or r and s of ECDSA. */
  signature: z.base64().min(1).max(2_048),
  /** DER in base64, or PEM. */
  certificate: z
    .string()
    .min(1)
    .max(2 * LIMITS.certificateMaxBytes),
});

export interface AppSignature {
  readonly certificate: Buffer;
  readonly signature: Buffer;
}

/** Tells the provider the SHA-256 of a document that somebody will sign there; answers the transaction's id. Refused as provider_*. */
export async function openSignTransaction(provider: AuthenticationApp, document: string): Promise<string> {
  const { transactionsEndpoint } = requireSigning(provider);
  const token = await clientCredentialsGrant(provider.client, { scope: 'sign' }).catch((thrown: unknown) => {
    throw refusalOf(thrown);
  });
  const digest = createHash('sha256').update(document, 'utf8').digest('base64');
  const response = await provider.ask(transactionsEndpoint, {
    method: 'POST',
    headers: { authorization: `Bearer ${token.access_token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ digest }),
  });
  return (await readAnswer(response, Opened)).sign_transaction_id;
}

/** What was signed in this transaction, by the token of the person who signed. Nothing of it is verified yet. Refused as provider_*. */
export async function fetchSignature(
  provider: AuthenticationApp,
  { transactionId, accessToken }: { transactionId: string; accessToken: string },
): Promise<AppSignature> {
  const { resultEndpoint } = requireSigning(provider);
  const address = resultEndpoint.replace('{id}', encodeURIComponent(transactionId));
  const headers = { authorization: `Bearer ${accessToken}` };
  const response = await provider.ask(address, { method: 'GET', headers });
  const { signature, certificate } = await readAnswer(response, Signed);
  return { signature: Buffer.from(signature, 'base64'), certificate: toDer(certificate) };
}

async function readAnswer<S extends z.ZodType>(response: Response, schema: S): Promise<z.output<S>> {
  if (!response.ok) throw new Refusal('provider_answer_invalid', { status: response.status });
  const body: unknown = await response.json().catch(() => null);
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Refusal('provider_answer_invalid', { reason: 'sign_transaction' });
  return parsed.data;
}

function toDer(certificate: string): Buffer {
  if (!certificate.startsWith('-----BEGIN')) return Buffer.from(certificate, 'base64');
  try {
    return new X509Certificate(certificate).raw;
  } catch {
    throw new Refusal('provider_answer_invalid', { reason: 'certificate' });
  }
}

function requireSigning({ config }: AuthenticationApp): NonNullable<AuthenticationApp['config']['signing']> {
  if (config.signing === null) throw new Refusal('not_found');
  return config.signing;
}
