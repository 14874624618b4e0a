import { createHash, X509Certificate, type KeyObject } from 'node:crypto';
import { LIMITS } from '#lib/domain/limits.ts';
import { signatureAlgorithm, type RsaSize, type SignatureAlgorithm } from './algorithms.ts';
import {
  DerReader,
  malformed,
  objectIdentifier,
  positiveInteger,
  TAG,
  time,
  trueBoolean,
  type DerElement,
} from './der.ts';
import { readPublicKey, type PublicKeyFacts } from './public-key.ts';
import { readSigned } from './signed.ts';

const VERSION_3 = '02';
const SERIAL_MAX_BYTES = 20;
const MAX_EXTENSIONS = 40;
const KEY_TYPES = { 'rsa-sha256': 'rsa', 'ecdsa-p384-sha384': 'ec' } as const;

export interface CertificateExtension {
  readonly critical: boolean;
  /** The DER inside the OCTET STRING. */
  readonly value: Buffer;
}

/** What a certificate says, before anybody believes it. Buffers are views of the bytes it was read from. */
export interface ParsedCertificate {
  readonly tbs: Buffer;
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly signature: Buffer;
  /** Lower-case hexadecimal without leading zero bytes. */
  readonly serial: string;
  readonly issuer: Buffer;
  readonly subject: Buffer;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly keyAlgorithm: SignatureAlgorithm;
  readonly publicKey: KeyObject;
  /** Null for elliptic curves. */
  readonly rsa: RsaSize | null;
  readonly spkiSha256: Buffer;
  readonly extensions: ReadonlyMap<string, CertificateExtension>;
}

/**
 * Reads one X.509 version 3 certificate (RFC 5280 §4.1). Refuses what is too long, is not DER to the last byte, names an extension twice,
 * uses an algorithm outside the list, or reads otherwise to OpenSSL: bytes on which two readers disagree are not a certificate.
 */
export function parseCertificate(der: Buffer): ParsedCertificate {
  if (der.length > LIMITS.certificateMaxBytes) throw malformed('too_long');
  const { reader: certificate, tbs, algorithm: outerAlgorithm, signature } = readSigned(der);

  const fields = certificate.enter(tbs);
  const version = fields.optional(TAG.context0);
  if (version === null) throw malformed('version');
  const versionReader = fields.enter(version);
  if (positiveInteger(versionReader.content(versionReader.next(TAG.integer))) !== VERSION_3)
    throw malformed('version');
  versionReader.finish();
  const serialContent = fields.content(fields.next(TAG.integer));
  if (serialContent.length > SERIAL_MAX_BYTES) throw malformed('serial');
  const serial = positiveInteger(serialContent);
  const innerAlgorithm = fields.whole(fields.next(TAG.sequence));
  if (!innerAlgorithm.equals(outerAlgorithm)) throw malformed('algorithms_differ');
  const issuer = fields.whole(fields.next(TAG.sequence));
  const { notBefore, notAfter } = readValidity(fields.enter(fields.next(TAG.sequence)));
  const subject = fields.whole(fields.next(TAG.sequence));
  const spkiElement = fields.next(TAG.sequence);
  const extensions = readExtensions(fields, fields.next(TAG.context3));
  // issuerUniqueID and subjectUniqueID must not be used (RFC 5280 §4.1.2.8): next() above did not let them pass.
  fields.finish();

  const spki = fields.whole(spkiElement);
  const key = readPublicKey(spki);
  if (signature.unusedBits !== 0) throw malformed('signature');
  return {
    tbs: certificate.whole(tbs),
    signatureAlgorithm: signatureAlgorithm(outerAlgorithm),
    signature: signature.octets,
    serial,
    issuer,
    subject,
    notBefore,
    notAfter,
    keyAlgorithm: key.algorithm,
    publicKey: askOpenSsl(der, { key, serial, notBefore, notAfter }),
    rsa: key.rsa,
    spkiSha256: createHash('sha256').update(spki).digest(),
    extensions,
  };
}

function readValidity(reader: DerReader): { notBefore: Date; notAfter: Date } {
  const from = reader.any();
  const to = reader.any();
  reader.finish();
  return { notBefore: time(from.tag, reader.content(from)), notAfter: time(to.tag, reader.content(to)) };
}

/** Extension ::= SEQUENCE { extnID, critical DEFAULT FALSE, extnValue }. Also the form of a revocation list's extensions. */
export function readExtensions(parent: DerReader, explicit: DerElement): Map<string, CertificateExtension> {
  const wrapper = parent.enter(explicit);
  const list = wrapper.enter(wrapper.next(TAG.sequence));
  wrapper.finish();
  const extensions = new Map<string, CertificateExtension>();
  while (list.hasMore) {
    const reader = list.enter(list.next(TAG.sequence));
    const oid = objectIdentifier(reader.content(reader.next(TAG.oid)));
    const criticalElement = reader.optional(TAG.boolean);
    const critical = criticalElement !== null && trueBoolean(reader.content(criticalElement));
    const value = reader.content(reader.next(TAG.octetString));
    reader.finish();
    if (extensions.has(oid)) throw malformed('extension_twice');
    if (extensions.size === MAX_EXTENSIONS) throw malformed('extensions');
    extensions.set(oid, { critical, value });
  }
  return extensions;
}

/**
 * OpenSSL's reading of the same bytes: must be of all of them (it drops what follows) and say the same as ours. That its key is the one in
 * our bytes is not asked here, for to export it costs as much as half a signature; the fuzz tests ask it of every input that is taken.
 */
function askOpenSsl(
  der: Buffer,
  ours: { key: PublicKeyFacts; serial: string; notBefore: Date; notAfter: Date },
): KeyObject {
  try {
    const theirs = new X509Certificate(der);
    const { publicKey } = theirs;
    const agrees =
      theirs.raw.equals(der) &&
      publicKey.asymmetricKeyType === KEY_TYPES[ours.key.algorithm] &&
      theirs.serialNumber.toLowerCase() === ours.serial &&
      theirs.validFromDate.getTime() === ours.notBefore.getTime() &&
      theirs.validToDate.getTime() === ours.notAfter.getTime();
    if (agrees) return publicKey;
  } catch {
    throw malformed('openssl');
  }
  throw malformed('readers_disagree');
}
