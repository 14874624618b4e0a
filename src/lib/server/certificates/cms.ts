import { Constructed, fromBER, Sequence, Set as SetOf, type BaseBlock } from 'asn1js';
import { ContentInfo, EncapsulatedContentInfo, SignerInfo } from 'pkijs';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { DerReader, objectIdentifier, positiveInteger, TAG } from './der.ts';

const SIGNED_DATA = '1.2.840.113549.1.7.2';
export const DATA = '1.2.840.113549.1.7.1';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';

const MAX_DEPTH = 32;
const MAX_ELEMENTS = 2_000;
// The signer's, and those of authorities which some programs add.
const MAX_CERTIFICATES = 8;

/** What one signer's SignedData says, before anybody believes it. */
export interface CmsSignature {
  readonly contentType: string;
  /** Null when the signature is detached. */
  readonly content: Buffer | null;
  /** As they stand in it: any number, anybody's. */
  readonly certificates: readonly Buffer[];
  readonly signer: SignerIdentifier;
  readonly digestAlgorithm: string;
  readonly signatureAlgorithm: string;
  readonly signedAttributes: SignedAttributes;
  readonly signature: Buffer;
}

/** SignerIdentifier (RFC 5652 §5.3): issuer as DER and serial number, or the key identifier. */
export type SignerIdentifier =
  { readonly issuer: Buffer; readonly serial: string } | { readonly keyIdentifier: Buffer };

export interface SignedAttributes {
  /** The DER that is signed: with the tag of a SET, not the one that it has in place (RFC 5652 §5.4). */
  readonly der: Buffer;
  readonly contentType: string;
  readonly messageDigest: Buffer;
}

export function invalidSignature(reason: string): Refusal {
  return new Refusal('signature_invalid', { reason });
}

/**
 * Reads a CMS SignedData (RFC 5652 §5), BER or DER, with exactly one signer and signed attributes. The libraries only find the parts; size,
 * depth and number of elements are bounded before they do. What is signed is read by our own strict reader. Refuses with signature_invalid.
 */
export function readCms(bytes: Buffer): CmsSignature {
  if (bytes.length > LIMITS.cmsMaxBytes) throw invalidSignature('cms_too_long');
  try {
    return readSignedData(bytes);
  } catch (error) {
    // Refusals of our reader speak of certificates; the libraries throw errors of all kinds.
    const reason = error instanceof Refusal ? error.detail['reason'] : undefined;
    throw invalidSignature(typeof reason === 'string' ? reason : 'cms_malformed');
  }
}

function readSignedData(bytes: Buffer): CmsSignature {
  const { offset, result } = fromBER(bytes, { maxDepth: MAX_DEPTH, maxNodes: MAX_ELEMENTS });
  if (offset === -1 || result.error !== '') throw invalidSignature('cms_malformed');
  if (offset !== bytes.length) throw invalidSignature('cms_trailing_bytes');
  const info = new ContentInfo({ schema: result });
  if (info.contentType !== SIGNED_DATA) throw invalidSignature('cms_type');
  const [, , encapsulated, ...rest] = children(info.content, Sequence);
  const content = new EncapsulatedContentInfo({ schema: encapsulated });
  const certificates = takeOptional(rest, 0);
  takeOptional(rest, 1);
  const [signerSet, ...excess] = rest;
  const [signerBlock, ...others] = children(signerSet, SetOf);
  if (excess.length > 0 || others.length > 0 || !signerBlock) throw invalidSignature('cms_signers');
  if (certificates.length > MAX_CERTIFICATES) throw invalidSignature('cms_certificates');
  const signer = new SignerInfo({ schema: signerBlock });
  if (!signer.signedAttrs) throw invalidSignature('cms_no_signed_attributes');
  const [, identifier] = children(signerBlock, Sequence);
  return {
    contentType: content.eContentType,
    content: content.eContent ? Buffer.from(content.eContent.getValue()) : null,
    certificates: certificates.map(raw),
    signer: readIdentifier(raw(identifier)),
    digestAlgorithm: signer.digestAlgorithm.algorithmId,
    signatureAlgorithm: signer.signatureAlgorithm.algorithmId,
    signedAttributes: readAttributes(Buffer.from(signer.signedAttrs.encodedValue)),
    signature: Buffer.from(signer.signature.getValue()),
  };
}

/** The elements of a constructed one, which must be of this type. */
function children(block: unknown, type: typeof Sequence | typeof SetOf | typeof Constructed): BaseBlock[] {
  if (!(block instanceof type)) throw invalidSignature('cms_malformed');
  return block.valueBlock.value;
}

/** Takes the element [number] from the front, when it is there, and gives its elements. */
function takeOptional(rest: BaseBlock[], number: number): BaseBlock[] {
  const first = rest[0];
  if (first?.idBlock.tagClass !== 3 || first.idBlock.tagNumber !== number) return [];
  rest.shift();
  return children(first, Constructed);
}

/** The bytes as they came. */
function raw(block: BaseBlock | undefined): Buffer {
  if (!block) throw invalidSignature('cms_malformed');
  return Buffer.from(block.valueBeforeDecodeView);
}

function readIdentifier(der: Buffer): SignerIdentifier {
  const reader = new DerReader(der);
  const keyIdentifier = reader.optional(TAG.primitiveContext0);
  if (keyIdentifier) return { keyIdentifier: reader.content(keyIdentifier) };
  const fields = reader.enter(reader.next(TAG.sequence));
  const issuer = fields.whole(fields.next(TAG.sequence));
  const serial = positiveInteger(fields.content(fields.next(TAG.integer)));
  fields.finish();
  return { issuer, serial };
}

/** SET OF Attribute; the two that bind the content must be there, once, with one value (RFC 5652 §11.1 and §11.2). */
function readAttributes(der: Buffer): SignedAttributes {
  const outer = new DerReader(der);
  const attributes = outer.enter(outer.next(TAG.set));
  outer.finish();
  const values = new Map<string, DerReader>();
  while (attributes.hasMore) {
    const attribute = attributes.enter(attributes.next(TAG.sequence));
    const type = objectIdentifier(attribute.content(attribute.next(TAG.oid)));
    if (values.has(type)) throw invalidSignature('cms_attribute_twice');
    values.set(type, attribute.enter(attribute.next(TAG.set)));
    attribute.finish();
  }
  const single = (type: string, tag: number): Buffer => {
    const reader = values.get(type);
    if (!reader) throw invalidSignature('cms_attribute_missing');
    const content = reader.content(reader.next(tag));
    reader.finish();
    return content;
  };
  const contentType = objectIdentifier(single(CONTENT_TYPE, TAG.oid));
  return { der, contentType, messageDigest: single(MESSAGE_DIGEST, TAG.octetString) };
}
