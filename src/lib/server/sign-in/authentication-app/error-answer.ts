import { Refusal } from '#lib/domain/refusal.ts';

/** A code of the provider's in our log and words: never a text of its choice. */
export function plainCode(value: unknown): string {
  return typeof value === 'string' && /^[a-z_]{1,40}$/.test(value) ? value : 'other';
}

/**
 * Refuses an answer that brings an error in place of a code (RFC 6749 §4.1.2.1): app_sign_in_cancelled when the person did not want to go
 * on, provider_unavailable when the provider could not, provider_answer_invalid for everything else; also for an answer that brings both,
 * or that another provider gives (RFC 9207).
 */
export function refuseErrorAnswer(answer: URLSearchParams, issuer: string): void {
  if (answer.getAll('iss').some((named) => named !== issuer)) invalid('iss');
  const error = answer.get('error');
  if (error === null) return;
  if (answer.has('code') || answer.getAll('error').length > 1) invalid('code_and_error');
  if (error === 'access_denied') throw new Refusal('app_sign_in_cancelled');
  if (error === 'temporarily_unavailable' || error === 'server_error') {
    throw new Refusal('provider_unavailable', { reason: error });
  }
  invalid(plainCode(error));
}

function invalid(reason: string): never {
  throw new Refusal('provider_answer_invalid', { reason });
}
