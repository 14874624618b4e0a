import { keyAlgorithm, type RsaSize, type SignatureAlgorithm } from './algorithms.ts';
import { bitString, DerReader, malformed, TAG } from './der.ts';

/** What our own reader finds of a public key: enough to say what it is for, and whether it is strong. */
export interface PublicKeyFacts {
  readonly algorithm: SignatureAlgorithm;
  /** Null for elliptic curves. */
  readonly rsa: RsaSize | null;
}

const UNCOMPRESSED_POINT = 0x04;
const P384_POINT_BYTES = 1 + 2 * 48;
const EXPONENT_MAX_BYTES = 8;

/**
 * Reads a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7): RSAPublicKey as in RFC 3279 §2.3.1, or an uncompressed point on P-384 (RFC 5480 §2.2).
 * Refuses other algorithms with certificate_unsupported.
 */
export function readPublicKey(spki: Buffer): PublicKeyFacts {
  const outer = new DerReader(spki);
  const fields = outer.enter(outer.next(TAG.sequence));
  outer.finish();
  const algorithm = keyAlgorithm(fields.whole(fields.next(TAG.sequence)));
  const { octets, unusedBits } = bitString(fields.content(fields.next(TAG.bitString)));
  fields.finish();
  if (unusedBits !== 0) throw malformed('public_key');
  if (algorithm === 'rsa-sha256') return { algorithm, rsa: readRsaSize(octets) };
  if (octets[0] !== UNCOMPRESSED_POINT || octets.length !== P384_POINT_BYTES) throw malformed('public_key');
  return { algorithm, rsa: null };
}

function readRsaSize(octets: Buffer): RsaSize {
  const outer = new DerReader(octets);
  const fields = outer.enter(outer.next(TAG.sequence));
  outer.finish();
  const modulus = magnitude(fields.content(fields.next(TAG.integer)));
  const exponent = magnitude(fields.content(fields.next(TAG.integer)));
  fields.finish();
  if (exponent.length > EXPONENT_MAX_BYTES) throw malformed('public_key');
  return {
    bits: modulus.length * 8 - (Math.clz32(modulus[0] ?? 0) - 24),
    exponent: BigInt(`0x${exponent.toString('hex')}`),
  };
}

/** The octets of a positive INTEGER without the zero that keeps it from reading as negative. */
function magnitude(content: Buffer): Buffer {
  const [first, second] = content;
  if (first === undefined || first >= 0x80 || (first === 0 && (second ?? 0) < 0x80))
    throw malformed('public_key');
  return first === 0 ? content.subarray(1) : content;
}
