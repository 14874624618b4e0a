import { createHash, sign, type KeyObject } from 'node:crypto';
import { parseCertificate } from '#lib/server/certificates/parse-certificate.ts';
import { derElement as der } from '#lib/server/certificates/der-write.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
export const CMS_OID = {
  data: hex('06092a864886f70d010701'),
  signedData: hex('06092a864886f70d010702'),
  contentType: hex('06092a864886f70d010903'),
  messageDigest: hex('06092a864886f70d010904'),
  sha256: hex('0609608648016503040201'),
  sha384: hex('0609608648016503040202'),
  rsa: hex('06092a864886f70d010101'),
  ecdsaSha384: hex('06082a8648ce3d040303'),
} as const;
const NULL = hex('0500');
const VERSION_1 = hex('020101');

export interface CmsOrder {
  /** DER; the signer's first. */
  readonly certificates: readonly Buffer[];
  readonly privateKey: KeyObject;
  readonly document: Buffer;
  readonly isAttached?: boolean;
  /** In place of what belongs there, each as whole DER: for tests of what must be refused. */
  readonly attributes?: readonly Buffer[];
  readonly contentType?: Buffer;
  readonly digestAlgorithm?: Buffer;
  readonly signatureAlgorithm?: Buffer;
  readonly signerIdentifier?: Buffer;
  readonly signers?: number;
}

/** An Attribute of CMS with one value. */
export function attribute(type: Buffer, value: Buffer): Buffer {
  return der(0x30, type, der(0x31, value));
}

/** Signs a document as a signing card's software does: SignedData (RFC 5652 §5) in DER, with signed attributes. */
export function signCms(order: CmsOrder): Buffer {
  const { certificates, privateKey, document, isAttached = false, signers = 1 } = order;
  const isRsa = privateKey.asymmetricKeyType === 'rsa';
  const digestName = isRsa ? 'sha256' : 'sha384';
  const digest = createHash(digestName).update(document).digest();
  const digestAlgorithm = order.digestAlgorithm ?? der(0x30, isRsa ? CMS_OID.sha256 : CMS_OID.sha384);
  const signatureAlgorithm =
    order.signatureAlgorithm ?? (isRsa ? der(0x30, CMS_OID.rsa, NULL) : der(0x30, CMS_OID.ecdsaSha384));
  const { data, contentType, messageDigest } = CMS_OID;
  const attributes = order.attributes ?? [
    attribute(contentType, data),
    attribute(messageDigest, der(0x04, digest)),
  ];
  const signature = sign(digestName, der(0x31, ...attributes), privateKey);
  const signerInfo = der(
    0x30,
    VERSION_1,
    order.signerIdentifier ?? issuerAndSerialNumber(certificates[0]!),
    digestAlgorithm,
    ...(order.attributes?.length === 0 ? [] : [der(0xa0, ...attributes)]),
    signatureAlgorithm,
    der(0x04, signature),
  );
  const signedData = der(
    0x30,
    VERSION_1,
    der(0x31, digestAlgorithm),
    der(0x30, order.contentType ?? data, ...(isAttached ? [der(0xa0, der(0x04, document))] : [])),
    ...(certificates.length === 0 ? [] : [der(0xa0, ...certificates)]),
    der(0x31, ...Array.from({ length: signers }, () => signerInfo)),
  );
  return der(0x30, CMS_OID.signedData, der(0xa0, signedData));
}

/** The identifier of a signer by the issuer and the serial number of his certificate. */
export function issuerAndSerialNumber(certificate: Buffer): Buffer {
  const { issuer, serial } = parseCertificate(certificate);
  const content = hex(serial);
  return der(
    0x30,
    issuer,
    der(0x02, (content[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), content]) : content),
  );
}
