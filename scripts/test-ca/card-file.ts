import { createCipheriv, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { AuthCardFile, CardFile, SigningCardFile } from '#lib/client/card-file.ts';

const ITERATIONS = 200_000;
const deriveKey = promisify(pbkdf2);

interface Sealing {
  readonly algorithm: CardFile['algorithm'];
  readonly holder: string;
  /** PIN or password. */
  readonly secret: string;
}

/** A card for signing in, opened by four digits. */
export async function sealCard(
  certificate: Buffer,
  privateKey: CryptoKey,
  sealing: Sealing,
): Promise<AuthCardFile> {
  return { ...(await seal(certificate, privateKey, sealing)), version: 1 };
}

/** A card for signing documents, opened by a password. */
export async function sealSigningCard(
  certificate: Buffer,
  privateKey: CryptoKey,
  sealing: Sealing,
): Promise<SigningCardFile> {
  return { ...(await seal(certificate, privateKey, sealing)), version: 2, use: 'sign' };
}

/**
 * Certificate in the open, private key under AES-256-GCM with a key derived from the secret. Four digits do not protect a file; they make
 * the person at the test do what he will do with a real card, where the chip counts the tries.
 */
async function seal(
  certificate: Buffer,
  privateKey: CryptoKey,
  { algorithm, holder, secret }: Sealing,
): Promise<Omit<AuthCardFile, 'version'>> {
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await deriveKey(secret, salt, ITERATIONS, 32, 'sha256'), iv);
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', privateKey));
  // WebCrypto expects the tag behind the ciphertext.
  const ciphertext = Buffer.concat([cipher.update(pkcs8), cipher.final(), cipher.getAuthTag()]);
  return {
    format: 'koshu-test-card',
    holder,
    algorithm,
    certificate: certificate.toString('base64'),
    sealedKey: {
      iterations: ITERATIONS,
      salt: salt.toString('base64'),
      iv: iv.toString('base64'),
      ciphertext: ciphertext.toString('base64'),
    },
  };
}
