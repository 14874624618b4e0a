import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** ES256 signatures in JOSE form: r and s, 32 bytes each (RFC 7518 §3.4). */
const SIGNATURE_ENCODING = 'ieee-p1363';
const CURVE = 'prime256v1';

/** Signs the statements of completion records, and tells its own statements from altered ones. */
export interface RecordSigner {
  /** Written beside each signature, so that older ones can still be checked after the key is changed. */
  readonly keyId: string;
  /** 64 bytes over the UTF-8 of `text`. */
  sign(text: string): Buffer;
  verify(text: string, signature: Buffer): boolean;
}

/**
 * Reads the ECDSA P-256 key (PKCS #8 in PEM) that records are signed with. Never makes one: a key that appears by
 * itself is a key that nobody keeps.
 */
export async function loadRecordSigner({ id, file }: { id: string; file: string }): Promise<RecordSigner> {
  const key = await readKey(file);
  const publicKey = createPublicKey(key);
  return {
    keyId: id,
    sign: (text) => sign('sha256', Buffer.from(text), { key, dsaEncoding: SIGNATURE_ENCODING }),
    verify: (text, signature) =>
      verify('sha256', Buffer.from(text), { key: publicKey, dsaEncoding: SIGNATURE_ENCODING }, signature),
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
