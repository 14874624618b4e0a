import { Refusal } from '#lib/domain/refusal.ts';

/** The two algorithms of the public personal authentication service: today's cards, and the cards announced for fiscal 2028. */
export type SignatureAlgorithm = 'rsa-sha256' | 'ecdsa-p384-sha384';

// The whole DER of an AlgorithmIdentifier: RSA with NULL parameters (RFC 4055 §5), ECDSA without any (RFC 5758 §3.2).
const SIGNATURE_IDENTIFIERS: Readonly<Record<string, SignatureAlgorithm>> = {
  '300d06092a864886f70d01010b0500': 'rsa-sha256',
  '300a06082a8648ce3d040303': 'ecdsa-p384-sha384',
};

// rsaEncryption with NULL; id-ecPublicKey on secp384r1.
const KEY_IDENTIFIERS: Readonly<Record<string, SignatureAlgorithm>> = {
  '300d06092a864886f70d0101010500': 'rsa-sha256',
  '301006072a8648ce3d020106052b81040022': 'ecdsa-p384-sha384',
};

const RSA_MIN_BITS = 2048;
const RSA_MAX_BITS = 8192;
const RSA_MIN_EXPONENT = 65_537n;
const RSA_MAX_EXPONENT = 0xffff_ffffn;

export const DIGEST = { 'rsa-sha256': 'sha256', 'ecdsa-p384-sha384': 'sha384' } as const;

/** The algorithm that an AlgorithmIdentifier (its DER) of a signature names. Refuses all but the two, certificate_unsupported. */
export function signatureAlgorithm(identifier: Buffer): SignatureAlgorithm {
  const algorithm = SIGNATURE_IDENTIFIERS[identifier.toString('hex')];
  if (algorithm === undefined)
    throw new Refusal('certificate_unsupported', { reason: 'signature_algorithm' });
  return algorithm;
}

/** The algorithm that a public key (the DER of its AlgorithmIdentifier) is for. Refuses all but the two, certificate_unsupported. */
export function keyAlgorithm(identifier: Buffer): SignatureAlgorithm {
  const algorithm = KEY_IDENTIFIERS[identifier.toString('hex')];
  if (algorithm === undefined) throw new Refusal('certificate_unsupported', { reason: 'key_algorithm' });
  return algorithm;
}

export interface RsaSize {
  readonly bits: number;
  readonly exponent: bigint;
}

/** Refuses RSA under 2048 bits or with an exponent under 65537 (certificate_weak_key), and keys so large that they only cost time. */
export function checkKeyStrength({ rsa }: { readonly rsa: RsaSize | null }): void {
  if (rsa === null) return;
  const { bits, exponent } = rsa;
  if (bits < RSA_MIN_BITS || exponent < RSA_MIN_EXPONENT || exponent % 2n === 0n) {
    throw new Refusal('certificate_weak_key', { bits });
  }
  if (bits > RSA_MAX_BITS || exponent > RSA_MAX_EXPONENT) {
    throw new Refusal('certificate_unsupported', { reason: 'key_size' });
  }
}
