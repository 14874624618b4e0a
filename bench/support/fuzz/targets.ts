import { createHash, randomBytes } from 'node:crypto';
import { Refusal } from '#lib/domain/refusal.ts';
import { checkPath } from '#lib/server/certificates/check-path.ts';
import { readRevocationList } from '#lib/server/certificates/crl.ts';
import { writeOcspRequest } from '#lib/server/certificates/ocsp-request.ts';
import { OcspDeclined } from '#lib/server/certificates/ocsp-response.ts';
import { OcspDoubt, verifyOcspResponse } from '#lib/server/certificates/ocsp-verify.ts';
import { parseCertificate, type ParsedCertificate } from '#lib/server/certificates/parse-certificate.ts';
import { readFourInformation } from '#lib/server/certificates/subject-information.ts';
import { verifyDocument } from '#lib/server/certificates/verify-document.ts';
import { signCms } from '../../../scripts/test-ca/sign-cms.ts';
import { appointResponder, makeOcspResponse } from '../../../tests/support/ocsp-responder.ts';
import { makeKeys, RSA_2048 } from '../../../scripts/test-ca/issue.ts';
import type { BenchPki } from '../pki.ts';
import { genuine, walk, type Genuine } from './elements.ts';

/** A reader with genuine inputs of its kind. */
export interface Target {
  readonly name: string;
  readonly inputs: readonly Genuine[];
  /** Of how many hundredths of all inputs it gets. */
  readonly share: number;
  /** What it believes of the bytes; throws when it declines them. Null where nothing is ever believed. */
  readonly read: (bytes: Buffer) => unknown;
}

const DOCUMENT = Buffer.from('この電子証明書を、受講者登録に結び付けます。\n');

export async function makeTargets({ at, trust, authorities, cards, lists }: BenchPki): Promise<Target[]> {
  const { anchors } = trust;
  const ocsp = await makeOcspInputs({ at, trust, authorities, cards });
  const cms = [false, true].map((isAttached) =>
    genuine(
      signCms({
        certificates: [cards.sign.der, Buffer.from(authorities.sign.certificate.rawData)],
        privateKey: cards.sign.privateKey,
        document: DOCUMENT,
        isAttached,
      }),
    ),
  );
  const certificates = [cards.auth.der, cards.sign.der].map(genuine);
  const crls = [lists.auth, lists.sign].map(genuine);
  return [
    { name: 'der', share: 25, inputs: [...certificates, ...crls, ...cms, ...ocsp.inputs], read: walk },
    {
      name: 'certificate',
      share: 25,
      inputs: certificates.slice(0, 1),
      read: (bytes) => identity(bytes, checkPath(anchors, readTwice(bytes), { purpose: 'auth', at }).id),
    },
    {
      name: 'basic four',
      share: 15,
      inputs: certificates.slice(1),
      // The other way round than in production, so that the reader of the fields meets what no authority signed.
      read: (bytes) => {
        const certificate = readTwice(bytes);
        readFourInformation(certificate);
        return identity(bytes, checkPath(anchors, certificate, { purpose: 'sign', at }).id);
      },
    },
    {
      name: 'revocation list',
      share: 15,
      inputs: crls,
      read: async (bytes) => identity(bytes, (await readRevocationList(bytes, anchors)).anchorId),
    },
    { name: 'ocsp', share: 15, inputs: ocsp.inputs, read: ocsp.read },
    {
      name: 'cms',
      share: 5,
      inputs: cms,
      // Lengths, versions and others' certificates are not signed: what must not change is who signed what.
      read: async (bytes) => {
        const signer = await verifyDocument(trust, DOCUMENT, { kind: 'cms', der: bytes }, at);
        return [signer.anchorId, signer.serial, signer.spkiSha256.toString('hex'), signer.fourInformation];
      },
    },
  ];
}

/** Whatever we take for a certificate has to OpenSSL the key that lies in our bytes. */
function readTwice(bytes: Buffer): ParsedCertificate {
  const certificate = parseCertificate(bytes);
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
  if (!createHash('sha256').update(spki).digest().equals(certificate.spkiSha256))
    throw new Error('OpenSSL reads another key');
  return certificate;
}

/** Certificates and lists are accepted only as the very bytes that were issued. */
const identity = (bytes: Buffer, anchorId: string) => [anchorId, bytes.toString('base64')];

async function makeOcspInputs({
  at,
  trust,
  authorities,
  cards,
}: Pick<BenchPki, 'at' | 'trust' | 'authorities' | 'cards'>) {
  const anchor = trust.anchors.find(({ kind }) => kind === 'auth')!;
  const { serial } = parseCertificate(cards.auth.der);
  const question = { anchor, serial, certIdHash: 'sha256', nonce: randomBytes(32) } as const;
  const request = writeOcspRequest(question);
  const day = 24 * 3_600_000;
  const appointed = await appointResponder(authorities.auth, {
    keys: await makeKeys(RSA_2048),
    notBefore: new Date(at.getTime() - day),
    notAfter: new Date(at.getTime() + day),
  });
  const signers = [
    { signer: authorities.auth },
    { signer: appointed, certificates: [appointed.certificate] },
  ];
  const inputs = await Promise.all(signers.map((plan) => makeOcspResponse(request, { ...plan, now: at })));
  return {
    inputs: inputs.map(genuine),
    // As of CMS: the answer's wrapping is not signed, the answer is.
    read: (bytes: Buffer) => verifyOcspResponse(bytes, question, { at, requireNonce: true }),
  };
}

/** By what a reader says that it declines; null for anything else, which is a crash. */
export function declined(error: unknown): string | null {
  if (error instanceof Refusal) {
    const { reason } = error.detail;
    return `${error.code}${reason === undefined ? '' : ` ${reason}`}`;
  }
  if (error instanceof OcspDoubt || error instanceof OcspDeclined) return `ocsp ${error.message}`;
  return null;
}
