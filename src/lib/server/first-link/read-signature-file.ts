import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { SignedDocument } from '../certificates/verify-document.ts';

const PEM =
  /^\s*-----BEGIN (?:PKCS7|CMS|PKCS #7 SIGNED DATA)-----([A-Za-z0-9+/=\s]+)-----END [A-Z0-9# ]+-----\s*$/;

/** A chosen .p7s or .p7m file as it is, or out of its PEM. Refused as first_link_signature_too_large when it is empty or over the limit. */
export async function readSignatureFile(file: Blob): Promise<SignedDocument> {
  if (file.size === 0 || file.size > LIMITS.cmsMaxBytes) throw new Refusal('first_link_signature_too_large');
  const bytes = Buffer.from(await file.arrayBuffer());
  const pem = PEM.exec(bytes.toString('latin1'))?.[1];
  return { kind: 'cms', der: pem === undefined ? bytes : Buffer.from(pem, 'base64') };
}
