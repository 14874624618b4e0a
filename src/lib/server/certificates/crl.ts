import { verify } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { LIMITS } from '#lib/domain/limits.ts';
import { DIGEST, signatureAlgorithm, type SignatureAlgorithm } from './algorithms.ts';
import type { Anchor } from './anchor.ts';
import { bitString, DerReader, malformed, objectIdentifier, positiveInteger, TAG, time } from './der.ts';
import { authorityKeyIdentifier } from './extensions.ts';
import { readExtensions, type CertificateExtension } from './parse-certificate.ts';

// So many entries are read at a stretch before other requests have their turn: under a millisecond.
const ENTRIES_PER_TURN = 1_000;
const VERSION_2 = '01';
const PEM = /-----BEGIN X509 CRL-----([A-Za-z0-9+/=\s]+)-----END X509 CRL-----/;

const verifyInBackground = promisify(verify);

/** A revocation list (RFC 5280 §5) of one anchor, its signature verified. */
export interface RevocationList {
  readonly anchorId: string;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** Serial numbers in hexadecimal. Whatever the reason of an entry, certificateHold too, it counts as revoked. */
  readonly revoked: ReadonlySet<string>;
}

/**
 * Reads a complete revocation list, DER or PEM, and verifies it by the anchor that issued it. Entries are read where they lie, a few at
 * a time. Refuses (certificate_malformed, certificate_unsupported) what is not DER, no list of a known anchor, without nextUpdate, or
 * carries a critical extension: indirect, partial and delta lists say less than "all the others are good".
 */
export async function readRevocationList(file: Buffer, anchors: readonly Anchor[]): Promise<RevocationList> {
  const der = toDer(file);
  const outer = new DerReader(der);
  const list = outer.enter(outer.next(TAG.sequence));
  outer.finish();
  const tbs = list.next(TAG.sequence);
  const outerAlgorithm = list.whole(list.next(TAG.sequence));
  const signature = bitString(list.content(list.next(TAG.bitString)));
  list.finish();

  const fields = list.enter(tbs);
  if (positiveInteger(fields.content(fields.next(TAG.integer))) !== VERSION_2) throw malformed('version');
  const algorithm = fields.next(TAG.sequence);
  if (!fields.whole(algorithm).equals(outerAlgorithm)) throw malformed('algorithms_differ');
  const issuer = fields.whole(fields.next(TAG.sequence));
  const thisUpdate = readTime(fields);
  const nextUpdate = readTime(fields);
  const entries = fields.optional(TAG.sequence);
  const explicit = fields.optional(TAG.context0);
  fields.finish();
  const extensions = explicit ? readExtensions(fields, explicit) : new Map<string, CertificateExtension>();
  if ([...extensions.values()].some(({ critical }) => critical)) throw malformed('critical_extension');

  const anchor = await findIssuer(anchors, {
    issuer,
    keyId: authorityKeyIdentifier(extensions),
    algorithm: signatureAlgorithm(outerAlgorithm),
    tbs: list.whole(tbs),
    signature: signature.octets,
  });
  const revoked = entries ? await readEntries(fields.enter(entries)) : new Set<string>();
  return { anchorId: anchor.id, thisUpdate, nextUpdate, revoked };
}

function toDer(file: Buffer): Buffer {
  if (file.length > LIMITS.crlMaxBytes) throw malformed('too_long');
  if (file[0] === TAG.sequence) return file;
  const base64 = PEM.exec(file.toString('latin1'))?.[1];
  if (base64 === undefined) throw malformed('neither_der_nor_pem');
  return Buffer.from(base64, 'base64');
}

function readTime(reader: DerReader): Date {
  const element = reader.any();
  return time(element.tag, reader.content(element));
}

async function readEntries(reader: DerReader): Promise<Set<string>> {
  const revoked = new Set<string>();
  for (let count = 1; reader.hasMore; count++) {
    const entry = reader.enter(reader.next(TAG.sequence));
    const serial = positiveInteger(entry.content(entry.next(TAG.integer)));
    readTime(entry);
    const extensions = entry.optional(TAG.sequence);
    entry.finish();
    if (extensions) refuseCriticalEntry(entry.enter(extensions));
    revoked.add(serial);
    if (count % ENTRIES_PER_TURN === 0) await setImmediate();
  }
  return revoked;
}

/** A critical extension of an entry (certificateIssuer, of indirect lists) changes whose certificate is meant. */
function refuseCriticalEntry(extensions: DerReader): void {
  while (extensions.hasMore) {
    const extension = extensions.enter(extensions.next(TAG.sequence));
    objectIdentifier(extension.content(extension.next(TAG.oid)));
    if (extension.optional(TAG.boolean)) throw malformed('critical_extension');
    extension.next(TAG.octetString);
    extension.finish();
  }
}

interface Issued {
  readonly issuer: Buffer;
  readonly keyId: Buffer | null;
  readonly algorithm: SignatureAlgorithm;
  readonly tbs: Buffer;
  readonly signature: Buffer;
}

async function findIssuer(anchors: readonly Anchor[], issued: Issued): Promise<Anchor> {
  for (const anchor of anchors) {
    if (!anchor.subject.equals(issued.issuer) || anchor.keyAlgorithm !== issued.algorithm) continue;
    if (issued.keyId !== null && !anchor.subjectKeyId.equals(issued.keyId)) continue;
    const { keyAlgorithm, publicKey } = anchor;
    if (await verifyInBackground(DIGEST[keyAlgorithm], issued.tbs, publicKey, issued.signature))
      return anchor;
  }
  throw malformed('issuer_unknown');
}
