import { signatureAlgorithm, type SignatureAlgorithm } from './algorithms.ts';
import { bitString, DerReader, generalizedTime, malformed, objectIdentifier, TAG } from './der.ts';
import { OCSP_NONCE } from './ocsp-request.ts';
import { readExtensions, type CertificateExtension } from './parse-certificate.ts';

const BASIC_RESPONSE = '1.3.6.1.5.5.7.48.1.1';
const SUCCESSFUL = 0;
const STATUS_NAMES: Readonly<Record<number, string>> = {
  1: 'malformed_request',
  2: 'internal_error',
  3: 'try_later',
  5: 'signature_required',
  6: 'unauthorized',
};
const MAX_CERTIFICATES = 5;
const SHA1_BYTES = 20;

export type CertStatus = 'good' | 'revoked' | 'unknown';

/** What a responder says, before anybody believes it. Buffers are views of the bytes it was read from. */
export interface ParsedOcspResponse {
  readonly tbs: Buffer;
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly signature: Buffer;
  /** By which the responder names itself: its subject (DER), or the SHA-1 of its key. */
  readonly responder: { readonly name: Buffer } | { readonly keyHash: Buffer };
  /** DER; the one that signed may be among them. */
  readonly certificates: readonly Buffer[];
  readonly producedAt: Date;
  readonly single: SingleResponse;
  readonly extensions: ReadonlyMap<string, CertificateExtension>;
}

export interface SingleResponse {
  /** Reads the content of the CertID. */
  readonly certId: () => DerReader;
  readonly status: CertStatus;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | null;
}

/** The responder declined (RFC 6960 §4.2.2.3's statuses other than successful); `message` names how. */
export class OcspDeclined extends Error {
  override readonly name = 'OcspDeclined';
}

/**
 * Reads an OCSPResponse (RFC 6960 §4.2) that answers about exactly one certificate. Refuses (certificate_malformed,
 * certificate_unsupported) what is not DER to the last byte, of another type or algorithm, unsigned, or carries a critical extension that
 * is not the nonce. Throws OcspDeclined for a status other than successful.
 */
export function parseOcspResponse(der: Buffer): ParsedOcspResponse {
  const outer = new DerReader(der);
  const response = outer.enter(outer.next(TAG.sequence));
  outer.finish();
  const status = response.content(response.next(TAG.enumerated));
  if (status.length !== 1) throw malformed('ocsp_status');
  const explicit = response.optional(TAG.context0);
  response.finish();
  if (status[0] !== SUCCESSFUL) throw new OcspDeclined(STATUS_NAMES[status[0] ?? -1] ?? 'status_unknown');
  if (!explicit) throw malformed('ocsp_without_bytes');
  const wrapper = response.enter(explicit);
  const bytes = wrapper.enter(wrapper.next(TAG.sequence));
  wrapper.finish();
  if (objectIdentifier(bytes.content(bytes.next(TAG.oid))) !== BASIC_RESPONSE) throw malformed('ocsp_type');
  const basic = bytes.content(bytes.next(TAG.octetString));
  bytes.finish();
  return readBasicResponse(basic);
}

function readBasicResponse(der: Buffer): ParsedOcspResponse {
  const outer = new DerReader(der);
  const basic = outer.enter(outer.next(TAG.sequence));
  outer.finish();
  const tbs = basic.next(TAG.sequence);
  const algorithm = basic.whole(basic.next(TAG.sequence));
  const signature = bitString(basic.content(basic.next(TAG.bitString)));
  const explicit = basic.optional(TAG.context0);
  basic.finish();
  if (signature.unusedBits !== 0) throw malformed('signature');
  const certificates: Buffer[] = [];
  if (explicit) {
    const wrapper = basic.enter(explicit);
    const list = wrapper.enter(wrapper.next(TAG.sequence));
    wrapper.finish();
    while (list.hasMore) {
      if (certificates.length === MAX_CERTIFICATES) throw malformed('ocsp_certificates');
      certificates.push(list.whole(list.next(TAG.sequence)));
    }
  }
  return {
    tbs: basic.whole(tbs),
    signatureAlgorithm: signatureAlgorithm(algorithm),
    signature: signature.octets,
    certificates,
    ...readResponseData(basic.enter(tbs)),
  };
}

/** ResponseData: version 1 is not written, as DER has it; [1] and [2] name the responder before, [1] the extensions after the responses. */
function readResponseData(data: DerReader) {
  const responder = readResponder(data);
  const producedAt = readTime(data);
  const responses = data.enter(data.next(TAG.sequence));
  const extensions = readOptionalExtensions(data, [OCSP_NONCE]);
  data.finish();
  const single = readSingleResponse(responses.enter(responses.next(TAG.sequence)));
  responses.finish();
  return { responder, producedAt, single, extensions };
}

function readResponder(data: DerReader): ParsedOcspResponse['responder'] {
  const byName = data.optional(TAG.context1);
  if (byName) {
    const wrapper = data.enter(byName);
    const name = wrapper.whole(wrapper.next(TAG.sequence));
    wrapper.finish();
    return { name };
  }
  const wrapper = data.enter(data.next(TAG.context2));
  const keyHash = wrapper.content(wrapper.next(TAG.octetString));
  wrapper.finish();
  if (keyHash.length !== SHA1_BYTES) throw malformed('ocsp_responder');
  return { keyHash };
}

function readSingleResponse(fields: DerReader): SingleResponse {
  const certId = fields.next(TAG.sequence);
  const status = readStatus(fields);
  const thisUpdate = readTime(fields);
  const explicit = fields.optional(TAG.context0);
  readOptionalExtensions(fields, []);
  fields.finish();
  let nextUpdate: Date | null = null;
  if (explicit) {
    const wrapper = fields.enter(explicit);
    nextUpdate = readTime(wrapper);
    wrapper.finish();
  }
  return { certId: () => fields.enter(certId), status, thisUpdate, nextUpdate };
}

/** CertStatus: good [0] and unknown [2] are NULL, revoked [1] says when and why; both are read and make no difference. */
function readStatus(fields: DerReader): CertStatus {
  const element = fields.any();
  const content = fields.enter(element);
  if (element.tag === TAG.context1) {
    readTime(content);
    const reason = content.optional(TAG.context0);
    content.finish();
    if (reason) {
      const wrapper = content.enter(reason);
      if (wrapper.content(wrapper.next(TAG.enumerated)).length !== 1) throw malformed('ocsp_reason');
      wrapper.finish();
    }
    return 'revoked';
  }
  content.finish();
  if (element.tag === TAG.primitiveContext0) return 'good';
  if (element.tag === TAG.primitiveContext2) return 'unknown';
  throw malformed('ocsp_cert_status');
}

function readTime(reader: DerReader): Date {
  return generalizedTime(reader.content(reader.next(TAG.generalizedTime)));
}

function readOptionalExtensions(
  reader: DerReader,
  understood: readonly string[],
): ReadonlyMap<string, CertificateExtension> {
  const explicit = reader.optional(TAG.context1);
  if (!explicit) return new Map();
  const extensions = readExtensions(reader, explicit);
  for (const [oid, { critical }] of extensions) {
    if (critical && !understood.includes(oid)) throw malformed('critical_extension');
  }
  return extensions;
}
