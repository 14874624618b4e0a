import { generateKeyPairSync, sign, X509Certificate } from 'node:crypto';

const ED25519 = Buffer.from('300506032b6570', 'hex');
const SERIAL = Buffer.from('020101', 'hex');
/** 2000-01-01 to 2049-12-31, as UTCTime. */
const VALIDITY = Buffer.from('301e170d3030303130313030303030305a170d3439313233313030303030305a', 'hex');
const ONE_BYTE_LENGTH_MAX = 0x7f;

/**
 * A certificate (PEM) that has the name of an authority and nothing else of it: Node takes the names that a CertificateRequest lists from
 * certificates only, and lets OpenSSL check by them. With the authority itself, a forged card makes OpenSSL stumble over the bad signature
 * before anybody can be told so in words. Nothing that a card is signed with fits an Ed25519 key, so by this one nothing is checked; and its
 * private half is forgotten here.
 */
export function nameOnlyCertificate(subject: Buffer): string {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  const tbs = sequence(SERIAL, ED25519, subject, VALIDITY, subject, spki);
  const signature = sign(null, tbs, privateKey);
  const bits = Buffer.from([0x03, signature.length + 1, 0x00]);
  return new X509Certificate(sequence(tbs, ED25519, Buffer.concat([bits, signature]))).toString();
}

/** A SEQUENCE in DER (X.690 §10.1: the length in as few bytes as it needs). */
function sequence(...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const digits = content.length > 0xff ? [content.length >> 8, content.length & 0xff] : [content.length];
  const length = content.length <= ONE_BYTE_LENGTH_MAX ? digits : [0x80 | digits.length, ...digits];
  return Buffer.concat([Buffer.from([0x30, ...length]), content]);
}
