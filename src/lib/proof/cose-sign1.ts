import { decode, encode, rfc8949EncodeOptions } from 'cborg';

export type Bytes = Uint8Array<ArrayBuffer>;

/** Tag 18 in one byte (RFC 9052 §2, table 1). */
const SIGN1_TAG = 0xd2;
const HEADER_ALGORITHM = 1;
const HEADER_KEY_ID = 4;
const ES256 = -7; // RFC 9053 §2.1: ECDSA on P-256 with SHA-256, r and s in 32 bytes each
export const SIGNATURE_BYTES = 64;

const STRICT = {
  strict: true,
  useMaps: true,
  rejectDuplicateMapKeys: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: false,
} as const;

export interface Sign1 {
  readonly keyId: string;
  readonly payload: Bytes;
  readonly signature: Bytes;
}

/** CBOR in its one deterministic form (RFC 8949 §4.2.1). */
export const encodeCbor = (value: unknown): Bytes => Uint8Array.from(encode(value, rfc8949EncodeOptions));

/** The value of bytes that are exactly its deterministic form, maps as Map; undefined for all others. */
export function decodeCbor(bytes: Uint8Array): unknown {
  try {
    const value: unknown = decode(bytes, STRICT);
    return isSame(encodeCbor(value), bytes) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The bytes that a signature is over (RFC 9052 §4.4), without external data. */
export function bytesToSign({ keyId, payload }: Pick<Sign1, 'keyId' | 'payload'>): Bytes {
  return encodeCbor(['Signature1', protectedHeader(keyId), new Uint8Array(0), payload]);
}

/** COSE_Sign1 with its tag. What says how it is signed and with which key is under the signature too. */
export function encodeSign1({ keyId, payload, signature }: Sign1): Bytes {
  const structure = encodeCbor([protectedHeader(keyId), new Map(), payload, signature]);
  return Uint8Array.from([SIGN1_TAG, ...structure]);
}

/** Null for all that encodeSign1 does not write: another algorithm, other or unprotected headers, bytes after the end. */
export function decodeSign1(bytes: Uint8Array): Sign1 | null {
  if (bytes[0] !== SIGN1_TAG) return null;
  const structure = decodeCbor(bytes.subarray(1));
  if (!Array.isArray(structure) || structure.length !== 4) return null;
  const [header, unprotected, payload, signature] = structure as readonly unknown[];
  if (!(unprotected instanceof Map) || unprotected.size > 0) return null;
  if (!(header instanceof Uint8Array && payload instanceof Uint8Array && signature instanceof Uint8Array)) {
    return null;
  }
  const keyId = readKeyId(header);
  if (keyId === null || signature.length !== SIGNATURE_BYTES) return null;
  return { keyId, payload: Uint8Array.from(payload), signature: Uint8Array.from(signature) };
}

export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

function protectedHeader(keyId: string): Bytes {
  const id = new TextEncoder().encode(keyId);
  return encodeCbor(
    new Map<number, unknown>([
      [HEADER_ALGORITHM, ES256],
      [HEADER_KEY_ID, id],
    ]),
  );
}

function readKeyId(header: Uint8Array): string | null {
  const fields = decodeCbor(header);
  if (!(fields instanceof Map) || fields.size !== 2 || fields.get(HEADER_ALGORITHM) !== ES256) return null;
  const id: unknown = fields.get(HEADER_KEY_ID);
  if (!(id instanceof Uint8Array)) return null;
  const keyId = new TextDecoder().decode(id);
  return isSame(new TextEncoder().encode(keyId), id) ? keyId : null;
}
