import type { Anchor } from './anchor.ts';
import { TAG } from './der.ts';
import { derElement } from './der-write.ts';
import { writeCertId, type CertIdHash } from './ocsp-cert-id.ts';

export const OCSP_NONCE = '1.3.6.1.5.5.7.48.1.2';
const OCSP_NONCE_OID = Buffer.from('06092b0601050507300102', 'hex');

export interface OcspQuestion {
  readonly anchor: Anchor;
  readonly serial: string;
  readonly certIdHash: CertIdHash;
  /** 32 octets (RFC 9654 §2.1). */
  readonly nonce: Buffer;
}

/** An unsigned OCSPRequest (RFC 6960 §4.1) about one certificate, with a nonce. */
export function writeOcspRequest({ anchor, serial, certIdHash, nonce }: OcspQuestion): Buffer {
  const request = derElement(TAG.sequence, writeCertId(certIdHash, anchor, serial));
  const extension = derElement(
    TAG.sequence,
    OCSP_NONCE_OID,
    derElement(TAG.octetString, derElement(TAG.octetString, nonce)),
  );
  const extensions = derElement(TAG.context2, derElement(TAG.sequence, extension));
  return derElement(TAG.sequence, derElement(TAG.sequence, derElement(TAG.sequence, request), extensions));
}
