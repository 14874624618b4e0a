import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import { REFUSAL_CODES, Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../../app.ts';
import { openChallenge, spendChallenge } from '../challenge.ts';
import type { Proof } from '../proof.ts';
import { CardReaderRequest } from './open-card-reader-request.ts';

const SECRET_BYTES = 32;
const TICKET = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/;

/** What the card host found: who is there, or why he is not let in. The learner reads the latter on the sign-in page. */
type Finding =
  | { readonly proof: Proof; readonly next: string | null }
  | { readonly refusal: (typeof REFUSAL_CODES)[number]; readonly next: string | null };

const ProofByTls = z.object({
  method: z.literal('tls'),
  identity: z.object({
    kind: z.literal('certificate'),
    anchorId: z.string(),
    serial: z.string(),
    spkiSha256: z.hex().transform((text) => Buffer.from(text, 'hex')),
  }),
  evidence: z.record(z.string(), z.string()),
});

const TicketValue = z.object({
  secretSha256: z.hex(),
  ...CardReaderRequest.shape,
  proof: ProofByTls.optional(),
  refusal: z.enum(REFUSAL_CODES).optional(),
});

const sha256 = (text: string) => createHash('sha256').update(text).digest();

/** Buffers as hexadecimal; JSON would write them as lists of numbers. */
function writeProof({ identity, ...proof }: Proof): object {
  if (identity.kind !== 'certificate') throw new Error('the card host proves certificates only');
  return { ...proof, identity: { ...identity, spkiSha256: identity.spkiSha256.toString('hex') } };
}

/**
 * Makes the one-time ticket with which the learner comes back: for LIMITS.cardTicketTtlMs, for the browser that set out only. A refusal travels
 * in the same way, so that nobody can make up one. Of the ticket's secret only the SHA-256 is kept.
 */
export async function issueTicket(
  app: Pick<App, 'db' | 'clock'>,
  browserSha256: Buffer,
  finding: Finding,
): Promise<string> {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const found = 'proof' in finding ? { proof: writeProof(finding.proof) } : { refusal: finding.refusal };
  const { id } = await openChallenge(app, {
    purpose: 'cardReaderTicket',
    browserSha256,
    ttlMs: LIMITS.cardTicketTtlMs,
    value: () =>
      JSON.stringify({ secretSha256: sha256(secret).toString('hex'), next: finding.next, ...found }),
  });
  return `${id}.${secret}`;
}

/** What the ticket stood for; it is spent. Refused: challenge_unknown, _used, _expired, _other_browser. */
export async function spendTicket(
  app: Pick<App, 'db' | 'clock'>,
  ticket: string,
  browserSha256: Buffer,
): Promise<Finding> {
  const [, id, secret] = TICKET.exec(ticket) ?? [];
  if (id === undefined || secret === undefined) throw new Refusal('challenge_unknown');
  const value = TicketValue.parse(
    JSON.parse(await spendChallenge(app, 'cardReaderTicket', { id, browserSha256 })),
  );
  if (!timingSafeEqual(Buffer.from(value.secretSha256, 'hex'), sha256(secret))) {
    throw new Refusal('challenge_unknown');
  }
  const { proof, refusal, next } = value;
  if (proof) return { proof, next };
  if (refusal) return { refusal, next };
  throw new Error('a ticket holds neither a proof nor a refusal');
}
