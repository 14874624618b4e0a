import { createCipheriv, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { CardFile } from '#lib/client/card-file.ts';

const ITERATIONS = 200_000;
const deriveKey = promisify(pbkdf2);

/**
 * Seals a test card: certificate in the open, private key under AES-256-GCM with a key derived from the PIN. Four digits do not
 * protect a file; they make the person at the test do what he will do with a real card, where the chip counts the tries.
 */
export async function sealCard(
  certificate: Buffer,
  privateKey: CryptoKey,
  { algorithm, holder, pin }: { algorithm: CardFile['algorithm']; holder: string; pin: string },
): Promise<CardFile> {
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await deriveKey(pin, salt, ITERATIONS, 32, 'sha256'), iv);
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', privateKey));
  // WebCrypto expects the tag behind the ciphertext.
  const ciphertext = Buffer.concat([cipher.update(pkcs8), cipher.final(), cipher.getAuthTag()]);
  return {
    format: 'koshu-test-card',
    version: 1,
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
