import { verify } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { LIMITS } from '#lib/domain/limits.ts';
import { DIGEST, signatureAlgorithm, type SignatureAlgorithm } from './algorithms.ts';
import type { Anchor } from './anchor.ts';
import { issuingDistributionPoint } from './crl-distribution-points.ts';
import { SerialNumbers } from './crl-serials.ts';
import {
  DerReader,
  malformed,
  objectIdentifier,
  positiveInteger,
  TAG,
  time,
  type DerElement,
} from './der.ts';
import { authorityKeyIdentifier, EXTENSION } from './extensions.ts';
import { readExtensions, type CertificateExtension } from './parse-certificate.ts';
import { readSigned } from './signed.ts';

// So many entries are read at a stretch before other requests have their turn: about half a millisecond.
const ENTRIES_PER_TURN = 250;
const VERSION_2 = '01';
const SERIAL_MAX_BYTES = 20;
// The least that an entry takes: its head, a serial number of one octet, a UTCTime.
const ENTRY_MIN_BYTES = 2 + 3 + 15;
const PEM_BEGIN = '-----BEGIN X509 CRL-----';
const PEM_END = '-----END X509 CRL-----';
const PEM_CHUNK_BYTES = 256 * 1024;

const verifyInBackground = promisify(verify);

/** A revocation list (RFC 5280 §5) of one anchor, its signature verified. */
export interface RevocationList {
  readonly anchorId: string;
  /** The names (GeneralName, DER) of the part of the anchor's certificates that it speaks of; null for all of them. */
  readonly part: readonly Buffer[] | null;
  /** Tells parts apart, across anchors. */
  readonly partId: string;
  /** CRLNumber: grows from list to list. */
  readonly number: bigint | null;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** Whatever the reason of an entry, certificateHold too, it counts as revoked. */
  readonly revoked: Pick<SerialNumbers, 'has' | 'size'>;
}

/**
 * Reads a revocation list, DER or PEM, and verifies it by the anchor that issued it. Entries are read where they lie, a few at a time, and
 * the bytes are kept. Refuses (certificate_malformed, certificate_unsupported) what is not DER, no list of a known anchor, without
 * nextUpdate, a delta list, one that is narrowed to anything but a distribution point's users, and any other critical extension.
 */
export async function readRevocationList(file: Buffer, anchors: readonly Anchor[]): Promise<RevocationList> {
  const der = await toDer(file);
  const { reader: list, tbs, algorithm: outerAlgorithm, signature } = readSigned(der);

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
  refuseOtherKinds(extensions);
  const part = issuingDistributionPoint(extensions);
  const number = crlNumber(extensions);

  const anchor = await findIssuer(anchors, {
    issuer,
    keyId: authorityKeyIdentifier(extensions),
    algorithm: signatureAlgorithm(outerAlgorithm),
    tbs: list.whole(tbs),
    signature: signature.octets,
  });
  const partId = [anchor.id, ...(part ?? []).map((name) => name.toString('hex'))].join(' ');
  const revoked = await readEntries(der, entries);
  return { anchorId: anchor.id, part, partId, number, thisUpdate, nextUpdate, revoked };
}

/** A delta list, or anything critical that is not understood here, says less than "all the others are good". */
function refuseOtherKinds(extensions: ReadonlyMap<string, CertificateExtension>): void {
  if (extensions.has(EXTENSION.deltaCrlIndicator)) throw malformed('delta');
  for (const [oid, { critical }] of extensions) {
    if (critical && oid !== EXTENSION.issuingDistributionPoint) throw malformed('critical_extension');
  }
}

function crlNumber(extensions: ReadonlyMap<string, CertificateExtension>): bigint | null {
  const extension = extensions.get(EXTENSION.crlNumber);
  if (!extension) return null;
  const reader = new DerReader(extension.value);
  const content = reader.content(reader.next(TAG.integer));
  reader.finish();
  if (content.length > SERIAL_MAX_BYTES) throw malformed('crl_number');
  return BigInt(`0x${positiveInteger(content)}`);
}

async function toDer(file: Buffer): Promise<Buffer> {
  if (file.length > LIMITS.crlMaxBytes) throw malformed('too_long');
  if (file[0] === TAG.sequence) return file;
  const begin = file.indexOf(PEM_BEGIN);
  const end = file.indexOf(PEM_END, begin + 1);
  if (begin < 0 || end < 0) throw malformed('neither_der_nor_pem');
  return decodeBase64(file.subarray(begin + PEM_BEGIN.length, end));
}

/** A piece at a time: megabytes of base64 would keep others waiting. */
async function decodeBase64(text: Buffer): Promise<Buffer> {
  const decoded: Buffer[] = [];
  let rest = '';
  for (let from = 0; from < text.length; from += PEM_CHUNK_BYTES) {
    const piece = rest + text.toString('latin1', from, from + PEM_CHUNK_BYTES).replace(/\s+/g, '');
    if (!/^[A-Za-z0-9+/=]*$/.test(piece)) throw malformed('base64');
    const wholeLength = piece.length - (piece.length % 4);
    decoded.push(Buffer.from(piece.slice(0, wholeLength), 'base64'));
    rest = piece.slice(wholeLength);
    await setImmediate();
  }
  if (rest !== '') throw malformed('base64');
  return Buffer.concat(decoded);
}

function readTime(reader: DerReader): Date {
  const element = reader.any();
  return time(element.tag, reader.content(element));
}

async function readEntries(der: Buffer, list: DerElement | null): Promise<SerialNumbers> {
  if (!list) return new SerialNumbers(der, 0);
  const revoked = new SerialNumbers(der, Math.ceil((list.end - list.contentStart) / ENTRY_MIN_BYTES));
  const reader = new DerReader(der, list.contentStart, list.end);
  for (let count = 1; reader.hasMore; count++) {
    const entry = reader.enter(reader.next(TAG.sequence));
    const serial = entry.next(TAG.integer);
    if (serial.end - serial.contentStart > SERIAL_MAX_BYTES) throw malformed('serial');
    positiveInteger(entry.content(serial));
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
