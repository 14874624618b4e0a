import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ProofKey } from '#lib/proof/proof.ts';
import { COSE_SIGNATURE } from './node-crypto.ts';
import { proofKeyOf, readKeySet } from './proof-keys.ts';

const CURVE = 'prime256v1';

/** Signs the proofs of completion records, and has the public keys by which all that are still in use are checked. */
export interface RecordSigner {
  readonly keyId: string;
  /** The key of today first, then the former ones. */
  readonly keys: readonly ProofKey[];
  /** 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array<ArrayBuffer>;
}

export interface RecordSigningKey {
  readonly id: string;
  readonly file: string;
  /** A key set with the public keys of former keys (docs/record-keys.md). */
  readonly oldKeysFile: string | null;
}

/**
 * Reads the ECDSA P-256 key (PKCS #8 in PEM) that records are signed with, and the former ones. Never makes one: a key that appears by
 * itself is a key that nobody keeps. Throws when two keys have one id: a new key needs a new id.
 */
export async function loadRecordSigner({ id, file, oldKeysFile }: RecordSigningKey): Promise<RecordSigner> {
  const key = await readKey(file);
  const own = proofKeyOf(id, createPublicKey(key));
  const old = oldKeysFile === null ? [] : await readKeySet(oldKeysFile);
  const borrower = old.find(({ kid, x, y }) => kid === id && (x !== own.x || y !== own.y));
  if (borrower) {
    throw new Error(
      `RECORD_SIGNING_KEY_ID: ${id} is the id of a former key in ${oldKeysFile ?? ''}; choose another`,
    );
  }
  return {
    keyId: id,
    keys: [own, ...old.filter(({ kid }) => kid !== id)],
    sign: (bytes) => Uint8Array.from(sign('sha256', bytes, { key, dsaEncoding: COSE_SIGNATURE })),
  };
}

async function readKey(file: string): Promise<KeyObject> {
  const pem = await readFile(file, 'utf8').catch((cause: unknown) => {
    const recipe = `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ${file}`;
    throw new Error(`RECORD_SIGNING_KEY_FILE: ${file} cannot be read. To make a key: ${recipe}`, { cause });
  });
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== CURVE) {
    throw new Error(`RECORD_SIGNING_KEY_FILE: ${file} is not an ECDSA key on P-256`);
  }
  return key;
}
