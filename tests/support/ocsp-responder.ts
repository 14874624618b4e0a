// The library that makes certificates reads decorators' metadata, so this has to come first.
import 'reflect-metadata';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ExtendedKeyUsageExtension, KeyUsagesExtension, X509Certificate } from '@peculiar/x509';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { Extension, issueCertificate, KeyUsageFlags, type Authority } from '../../scripts/test-ca/issue.ts';

const BASIC_RESPONSE = '1.3.6.1.5.5.7.48.1.1';
const NONCE = '1.3.6.1.5.5.7.48.1.2';
const NO_CHECK = '1.3.6.1.5.5.7.48.1.5';
const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';

/** Who signs answers: a key, and the certificate that says whose it is. */
export interface OcspSigner {
  readonly certificate: X509Certificate;
  readonly privateKey: CryptoKey;
}

/** What the responder is to say, and how it is to misbehave. */
export interface OcspPlan {
  readonly signer: OcspSigner;
  readonly now: Date;
  readonly status?: 'good' | 'revoked' | 'unknown';
  readonly thisUpdate?: Date;
  readonly nextUpdate?: Date | null;
  readonly producedAt?: Date;
  /** Hexadecimal; the one that was asked about unless told. */
  readonly serial?: string;
  readonly nonce?: 'echo' | 'none' | Buffer;
  readonly namedBy?: 'name' | 'key';
  readonly certificates?: readonly X509Certificate[];
  /** OCSPResponseStatus; anything but 0 goes without an answer. */
  readonly responseStatus?: number;
  /** CertID names another key of the authority. */
  readonly issuerKeyHash?: Buffer;
  readonly isTwice?: boolean;
  readonly isUnsigned?: boolean;
  readonly isCritical?: boolean;
  /** What is done to the bytes before they leave. */
  readonly spoil?: (der: Buffer) => Buffer;
  readonly httpStatus?: number;
  readonly contentType?: string;
  readonly location?: string;
  /** Takes the question and says nothing, for ever. */
  readonly isSilent?: boolean;
}

export interface OcspResponder {
  readonly url: string;
  /** Every question that came, DER. */
  readonly questions: Buffer[];
  plan: OcspPlan;
  close(): Promise<void>;
}

/** A responder on loopback that answers as planned, its DER read and written by another library than ours. */
export async function startOcspResponder(plan: OcspPlan): Promise<OcspResponder> {
  const questions: Buffer[] = [];
  const responder = { plan };
  const server = createServer((request, response) => {
    void answer(request, response, responder.plan, questions);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(responder, {
    url: `http://127.0.0.1:${port}/ocsp`,
    questions,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  plan: OcspPlan,
  questions: Buffer[],
): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const question = Buffer.concat(parts);
  questions.push(question);
  if (plan.isSilent) return;
  const der = await makeOcspResponse(question, plan);
  response.writeHead(plan.httpStatus ?? 200, {
    'content-type': plan.contentType ?? 'application/ocsp-response',
    ...(plan.location === undefined ? {} : { location: plan.location }),
  });
  response.end(plan.spoil ? plan.spoil(der) : der);
}

/** The answer to a question (DER) that this plan makes. */
export async function makeOcspResponse(question: Buffer, plan: OcspPlan): Promise<Buffer> {
  const asked = pkijs.OCSPRequest.fromBER(new Uint8Array(question)).tbsRequest;
  const certID = asked.requestList[0]!.reqCert;
  if (plan.serial !== undefined) {
    certID.serialNumber = new asn1js.Integer({ valueHex: new Uint8Array(Buffer.from(plan.serial, 'hex')) });
  }
  if (plan.issuerKeyHash) {
    certID.issuerKeyHash = new asn1js.OctetString({ valueHex: new Uint8Array(plan.issuerKeyHash) });
  }
  const { signer, now } = plan;
  const single = new pkijs.SingleResponse({
    certID,
    thisUpdate: plan.thisUpdate ?? now,
    ...(plan.nextUpdate === null
      ? {}
      : { nextUpdate: plan.nextUpdate ?? new Date(now.getTime() + 15 * 60_000) }),
  });
  single.certStatus = certStatus(plan.status ?? 'good', now);

  const basic = new pkijs.BasicOCSPResponse();
  const data = basic.tbsResponseData;
  const certificate = toPkijs(signer.certificate);
  data.responderID = plan.namedBy === 'name' ? certificate.subject : await keyHash(certificate);
  data.producedAt = plan.producedAt ?? now;
  data.responses = plan.isTwice ? [single, single] : [single];
  const nonce = nonceOf(asked, plan.nonce ?? 'echo');
  if (nonce) data.responseExtensions = [nonce];
  if (plan.isCritical) {
    const extnValue = new asn1js.Null().toBER();
    const unknown = new pkijs.Extension({ extnID: '1.3.6.1.4.1.5.5', critical: true, extnValue });
    data.responseExtensions = [...(data.responseExtensions ?? []), unknown];
  }
  if (plan.certificates) basic.certs = plan.certificates.map(toPkijs);
  await basic.sign(signer.privateKey, signer.privateKey.algorithm.name === 'ECDSA' ? 'SHA-384' : 'SHA-256');

  if (plan.isUnsigned) basic.signature = new asn1js.BitString({ valueHex: new ArrayBuffer(0) });
  // RFC 4055 §5 wants NULL, which the library leaves out.
  if (signer.privateKey.algorithm.name !== 'ECDSA')
    basic.signatureAlgorithm.algorithmParams = new asn1js.Null();

  const response = new pkijs.OCSPResponse();
  response.responseStatus = new asn1js.Enumerated({ value: plan.responseStatus ?? 0 });
  if ((plan.responseStatus ?? 0) === 0) {
    response.responseBytes = new pkijs.ResponseBytes({
      responseType: BASIC_RESPONSE,
      response: new asn1js.OctetString({ valueHex: basic.toSchema().toBER() }),
    });
  }
  return Buffer.from(response.toSchema().toBER());
}

function certStatus(status: NonNullable<OcspPlan['status']>, now: Date) {
  const tag = (tagNumber: number) => ({ idBlock: { tagClass: 3, tagNumber } });
  if (status === 'good') return new asn1js.Primitive(tag(0));
  if (status === 'unknown') return new asn1js.Primitive(tag(2));
  return new asn1js.Constructed({ ...tag(1), value: [new asn1js.GeneralizedTime({ valueDate: now })] });
}

function nonceOf(asked: pkijs.TBSRequest, wanted: 'echo' | 'none' | Buffer): pkijs.Extension | undefined {
  if (wanted === 'none') return undefined;
  if (wanted === 'echo') return asked.requestExtensions?.find(({ extnID }) => extnID === NONCE);
  const extnValue = new asn1js.OctetString({ valueHex: new Uint8Array(wanted) }).toBER();
  return new pkijs.Extension({ extnID: NONCE, extnValue });
}

async function keyHash({ subjectPublicKeyInfo }: pkijs.Certificate): Promise<asn1js.OctetString> {
  const bits = subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView;
  return new asn1js.OctetString({ valueHex: await crypto.subtle.digest('SHA-1', new Uint8Array(bits)) });
}

function toPkijs(certificate: X509Certificate): pkijs.Certificate {
  return pkijs.Certificate.fromBER(certificate.rawData);
}

export interface AppointmentOptions {
  readonly keys: CryptoKeyPair;
  readonly isForOcsp?: boolean;
  readonly hasNoCheck?: boolean;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly usage?: number;
  readonly more?: readonly Extension[];
}

/** A responder that the authority appoints with a certificate of its own. */
export async function appointResponder(
  authority: Authority,
  options: AppointmentOptions,
): Promise<OcspSigner> {
  const { keys, isForOcsp = true, hasNoCheck = true, more = [] } = options;
  const der = await issueCertificate(authority, {
    serial: '0c5b',
    commonName: 'KOSHU TEST OCSP',
    publicKey: keys.publicKey,
    notBefore: options.notBefore ?? new Date('2026-01-01T00:00:00Z'),
    notAfter: options.notAfter ?? new Date('2027-01-01T00:00:00Z'),
    extensions: [
      new KeyUsagesExtension(options.usage ?? KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([isForOcsp ? OCSP_SIGNING : '1.3.6.1.5.5.7.3.2']),
      ...(hasNoCheck ? [new Extension(NO_CHECK, false, new Uint8Array([5, 0]))] : []),
      ...more,
    ],
  });
  return { certificate: new X509Certificate(new Uint8Array(der)), privateKey: keys.privateKey };
}
