import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import { decodeBase45, encodeBase45 } from './base45.ts';
import { decodeClaims, encodeClaims, type ProofClaims } from './claims.ts';
import { bytesToSign, decodeSign1, encodeSign1, type Bytes, type Sign1 } from './cose-sign1.ts';
import { webCrypto, type ProofKey } from './proof-crypto.ts';

export type { ProofKey };

/** Says whose proof it is and of which make; in the alphabet of a QR code's alphanumeric mode like all that follows. */
export const PROOF_PREFIX = 'KOSHU1:';
/** Ours are about 220 characters; what is longer is not looked at. */
export const PROOF_MAX_LENGTH = 500;

export interface ProofKeySet {
  readonly keys: readonly ProofKey[];
}

/** Records whose proof is of no use any more (voided, used, rejected), as they stood at `asOf` (RFC 3339). */
export interface RevokedRecords {
  readonly asOf: string;
  readonly recordNumbers: readonly string[];
}

export type ProofFinding =
  | { readonly kind: 'valid'; readonly claims: ProofClaims; readonly keyId: string }
  | { readonly kind: 'invalid'; readonly reason: 'malformed' | 'tampered' | 'unknownKey' }
  | { readonly kind: 'invalid'; readonly reason: 'revoked' | 'expired'; readonly claims: ProofClaims };
export type InvalidProof = Extract<ProofFinding, { kind: 'invalid' }>['reason'];

/** Whether somebody means a proof by it; it may still be a wrong one. */
export const looksLikeProof = (text: string): boolean => text.startsWith(PROOF_PREFIX);

/** The text of a proof: what is signed are the 64 bytes that `sign` answers with (r and s, RFC 9053 §2.1). */
export async function makeProof(
  claims: ProofClaims,
  { keyId, sign }: { readonly keyId: string; sign(bytes: Bytes): Bytes | Promise<Bytes> },
): Promise<string> {
  const payload = encodeClaims(claims);
  const signature = await sign(bytesToSign({ keyId, payload }));
  return PROOF_PREFIX + encodeBase45(encodeSign1({ keyId, payload, signature }));
}

/**
 * Checks a proof without asking anybody; the same in a browser, on the server and in `npm run record:verify`. `malformed`: not the
 * text of a proof, and all that would say the same in another form; `tampered`: its signature is not over what it says. Only of a
 * signed one is told that it has been revoked, or that its renewal period is over in Japan at `now`.
 */
export async function verifyProof(
  text: string,
  {
    keys,
    revoked,
    now,
  }: { readonly keys: readonly ProofKey[]; readonly revoked: ReadonlySet<string>; readonly now: Date },
  platform = webCrypto,
): Promise<ProofFinding> {
  const read = readProof(text);
  if (!read) return { kind: 'invalid', reason: 'malformed' };
  const { sign1, claims } = read;
  const key = keys.find(({ kid }) => kid === sign1.keyId);
  if (!key) return { kind: 'invalid', reason: 'unknownKey' };
  const isSigned = await platform.isSigned(key, bytesToSign(sign1), sign1.signature);
  if (!isSigned) return { kind: 'invalid', reason: 'tampered' };
  if (revoked.has(claims.recordNumber)) return { kind: 'invalid', reason: 'revoked', claims };
  if (tokyoDate(now) > claims.periodEnd) return { kind: 'invalid', reason: 'expired', claims };
  return { kind: 'valid', claims, keyId: sign1.keyId };
}

/** What a proof says, without looking whether it is true; null when it is malformed. */
function readProof(text: string): { sign1: Sign1; claims: ProofClaims } | null {
  if (text.length > PROOF_MAX_LENGTH || !looksLikeProof(text)) return null;
  const bytes = decodeBase45(text.slice(PROOF_PREFIX.length));
  const sign1 = bytes && decodeSign1(bytes);
  const claims = sign1 && decodeClaims(sign1.payload);
  return claims && { sign1, claims };
}
