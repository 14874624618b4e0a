import { createHash, randomBytes } from 'node:crypto';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Anchor } from './anchor.ts';
import type { CertIdHash } from './ocsp-cert-id.ts';
import { OcspUnreachable, postOcspRequest } from './ocsp-http.ts';
import { writeOcspRequest } from './ocsp-request.ts';
import { OcspDeclined } from './ocsp-response.ts';
import { OcspDoubt, verifyOcspResponse, type OcspAnswer } from './ocsp-verify.ts';
import { unavailable, type RevocationSource } from './revocation.ts';

const NONCE_BYTES = 32;

export interface OcspOptions {
  /** With what the request names the authority; either is understood in the answer. SHA-1, which every responder knows, unless told. */
  readonly certIdHash?: CertIdHash;
  /** Whether an answer without our nonce is refused: true unless told, false for a responder that signs its answers beforehand. */
  readonly requireNonce?: boolean;
  readonly timeoutMs?: number;
}

interface LastWord {
  readonly askedAt: Date;
  readonly isRevoked: boolean;
}

/**
 * A responder that is asked over HTTP (RFC 6960) at each sign-in. The address is the operator's, never one out of a certificate. Only 'good'
 * is good; 'unknown', and every fault on the way, is revocation_unavailable. `isRevoked` asks at most every LIMITS.ocspAskAgainMs about
 * the same certificate, and gives its last word in between.
 */
export function ocspResponder(url: string, options: OcspOptions = {}): RevocationSource {
  const { certIdHash = 'sha1', requireNonce = true, timeoutMs = LIMITS.ocspTimeoutMs } = options;
  const lastWords = new Map<string, LastWord>();

  async function ask(
    anchor: Anchor,
    serial: string,
    at: Date,
  ): Promise<OcspAnswer & { readonly reference: string }> {
    try {
      const question = { anchor, serial, certIdHash, nonce: randomBytes(NONCE_BYTES) };
      const der = await postOcspRequest(url, writeOcspRequest(question), timeoutMs);
      const answer = verifyOcspResponse(der, question, { at, requireNonce });
      return { ...answer, reference: createHash('sha256').update(der).digest('hex') };
    } catch (error) {
      throw unavailable(anchor, ...reasonOf(error));
    }
  }

  function forgetOldWords(at: Date): void {
    // The oldest stand first.
    for (const [key, word] of lastWords) {
      if (isRecent(word, at)) return;
      lastWords.delete(key);
    }
  }

  return {
    async check(anchor, { serial }, at) {
      const { status, reference, ...times } = await ask(anchor, serial, at);
      if (status === 'revoked') throw new Refusal('certificate_revoked');
      if (status !== 'good') throw unavailable(anchor, 'ocsp_status_unknown');
      return { source: 'ocsp', checkedAt: at, ...times, reference };
    },
    async isRevoked(anchor, serial, at) {
      const key = `${anchor.id} ${serial}`;
      const before = lastWords.get(key);
      if (before && isRecent(before, at)) return before.isRevoked;
      const isRevoked = await ask(anchor, serial, at).then(
        ({ status }) => status === 'revoked',
        (error: unknown) => {
          if (error instanceof Refusal) return false;
          throw error;
        },
      );
      forgetOldWords(at);
      lastWords.delete(key);
      lastWords.set(key, { askedAt: at, isRevoked });
      return isRevoked;
    },
  };
}

function isRecent({ askedAt }: LastWord, at: Date): boolean {
  return Math.abs(at.getTime() - askedAt.getTime()) < LIMITS.ocspAskAgainMs;
}

/** A word for the log, and what it was that could not be read. */
function reasonOf(error: unknown): [reason: string, more?: Readonly<Record<string, string | number>>] {
  if (error instanceof OcspUnreachable || error instanceof OcspDeclined || error instanceof OcspDoubt) {
    return [`ocsp_${error.message}`];
  }
  if (error instanceof Refusal) return ['ocsp_unreadable', { fault: error.detail['reason'] ?? error.code }];
  throw error;
}
