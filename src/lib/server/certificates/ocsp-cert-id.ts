import { createHash, type KeyObject } from 'node:crypto';
import type { Anchor } from './anchor.ts';
import { bitString, DerReader, malformed, positiveInteger, TAG } from './der.ts';
import { derElement } from './der-write.ts';

export type CertIdHash = 'sha1' | 'sha256';

// The DER of the OBJECT IDENTIFIERs. SHA-1 only names the authority here; no trust hangs on it.
const HASH_OIDS: Readonly<Record<CertIdHash, string>> = {
  sha1: '06052b0e03021a',
  sha256: '0609608648016503040201',
};
const NULL = Buffer.of(5, 0);

/** Hash of the BIT STRING of a public key, without tag, length and unused bits (RFC 6960 §4.1.1, §4.2.1). */
export function hashOfKey(hash: CertIdHash, publicKey: KeyObject): Buffer {
  const spki = new DerReader(publicKey.export({ type: 'spki', format: 'der' }));
  const fields = spki.enter(spki.next(TAG.sequence));
  fields.next(TAG.sequence);
  const key = bitString(fields.content(fields.next(TAG.bitString)));
  return createHash(hash).update(key.octets).digest();
}

/** CertID: whose certificate is asked about, by hashes of its issuer's name and key, and its serial number. */
export function writeCertId(hash: CertIdHash, anchor: Anchor, serial: string): Buffer {
  const octets = Buffer.from(serial, 'hex');
  const positive = (octets[0] ?? 0) >= 0x80 ? [Buffer.of(0), octets] : [octets];
  return derElement(
    TAG.sequence,
    derElement(TAG.sequence, Buffer.from(HASH_OIDS[hash], 'hex'), NULL),
    derElement(TAG.octetString, createHash(hash).update(anchor.subject).digest()),
    derElement(TAG.octetString, hashOfKey(hash, anchor.publicKey)),
    derElement(TAG.integer, ...positive),
  );
}

/** Whether a CertID (a reader of its content) means this certificate; by either hash, its parameters NULL or left out. */
export function isCertIdOf(certId: DerReader, anchor: Anchor, serial: string): boolean {
  const algorithm = certId.enter(certId.next(TAG.sequence));
  const oid = algorithm.whole(algorithm.next(TAG.oid)).toString('hex');
  if (algorithm.hasMore && !algorithm.whole(algorithm.any()).equals(NULL)) throw malformed('cert_id');
  algorithm.finish();
  const nameHash = certId.content(certId.next(TAG.octetString));
  const keyHash = certId.content(certId.next(TAG.octetString));
  const theirSerial = positiveInteger(certId.content(certId.next(TAG.integer)));
  certId.finish();
  const hash = (['sha1', 'sha256'] as const).find((name) => HASH_OIDS[name] === oid);
  if (hash === undefined || theirSerial !== serial) return false;
  return (
    createHash(hash).update(anchor.subject).digest().equals(nameHash) &&
    hashOfKey(hash, anchor.publicKey).equals(keyHash)
  );
}
