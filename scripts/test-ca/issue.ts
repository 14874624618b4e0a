// The library that makes certificates reads decorators' metadata, so this has to come first.
import 'reflect-metadata';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  CertificatePolicyExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
  X509CrlGenerator,
  X509CrlReason,
} from '@peculiar/x509';
import type { FourInformation } from '#lib/domain/people/four-information.ts';
import { otherNamesExtension, otherNamesOf } from './other-names.ts';

/** How keys are made and what they sign with: today's cards, the announced ones, and one that is too weak on purpose. */
export const RSA_2048 = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
} as const;
export const RSA_1024 = { ...RSA_2048, modulusLength: 1024 } as const;
export const P_384 = { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' } as const;
export type KeyAlgorithm = typeof RSA_2048 | typeof RSA_1024 | typeof P_384;

export { Extension, KeyUsageFlags };

export interface Authority {
  readonly certificate: X509Certificate;
  readonly privateKey: CryptoKey;
  readonly algorithm: KeyAlgorithm;
}

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export async function makeKeys(algorithm: KeyAlgorithm): Promise<CryptoKeyPair> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  return keys as CryptoKeyPair;
}

/** A self-signed authority as the cards' authorities are made: critical CA flag, the right to sign certificates and lists, key identifier. */
export async function makeAuthority(
  name: string,
  validity: Validity,
  algorithm: KeyAlgorithm = RSA_2048,
): Promise<Authority> {
  const keys = await makeKeys(algorithm);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...validity,
    name,
    keys,
    serialNumber: '01',
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate, privateKey: keys.privateKey, algorithm };
}

export interface CardProfile {
  readonly policy: string;
  readonly usage: number;
}

/** The extensions of a card's certificate: critical key usage and policy, and which key of the authority signed it. */
export async function cardExtensions(
  authority: Authority,
  { policy, usage }: CardProfile,
): Promise<Extension[]> {
  return [
    new KeyUsagesExtension(usage, true),
    new CertificatePolicyExtension([policy], true),
    await AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
  ];
}

/** The extensions of a signing certificate: those of every card, and the basic four of its holder. */
export async function signingCardExtensions(
  authority: Authority,
  profile: CardProfile,
  fourInformation: FourInformation,
): Promise<Extension[]> {
  return [...(await cardExtensions(authority, profile)), otherNamesExtension(otherNamesOf(fourInformation))];
}

export interface CertificateOrder extends Validity {
  readonly publicKey: CryptoKey;
  /** Hexadecimal. */
  readonly serial: string;
  readonly commonName: string;
  readonly extensions: Extension[];
}

export async function issueCertificate(authority: Authority, order: CertificateOrder): Promise<Buffer> {
  const certificate = await X509CertificateGenerator.create({
    notBefore: order.notBefore,
    notAfter: order.notAfter,
    serialNumber: order.serial,
    subject: `C=JP, CN=${order.commonName}`,
    issuer: authority.certificate.subjectName,
    publicKey: order.publicKey,
    signingKey: authority.privateKey,
    signingAlgorithm: authority.algorithm,
    extensions: order.extensions,
  });
  return Buffer.from(certificate.rawData);
}

export interface CrlOrder {
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly revoked: readonly { readonly serial: string; readonly at: Date; readonly isOnHold?: boolean }[];
  readonly extensions?: Extension[];
}

export async function issueCrl(authority: Authority, order: CrlOrder): Promise<Buffer> {
  const crl = await X509CrlGenerator.create({
    issuer: authority.certificate.subjectName,
    thisUpdate: order.thisUpdate,
    nextUpdate: order.nextUpdate,
    signingKey: authority.privateKey,
    signingAlgorithm: authority.algorithm,
    entries: order.revoked.map(({ serial, at, isOnHold }) => ({
      serialNumber: serial,
      revocationDate: at,
      reason: isOnHold ? X509CrlReason.certificateHold : X509CrlReason.keyCompromise,
    })),
    extensions: [
      await AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
      ...(order.extensions ?? []),
    ],
  });
  return Buffer.from(crl.rawData);
}

/** An authority out of its PEM and its PKCS#8 key, as makeTestCa keeps them. */
export async function reviveAuthority(pem: string, pkcs8: Buffer): Promise<Authority> {
  const privateKey = await crypto.subtle.importKey('pkcs8', new Uint8Array(pkcs8), RSA_2048, true, ['sign']);
  return { certificate: new X509Certificate(pem), privateKey, algorithm: RSA_2048 };
}
