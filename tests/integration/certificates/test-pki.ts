import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { Refusal, type RefusalCode } from '#lib/domain/refusal.ts';
import { loadTrust, type Trust } from '#lib/server/certificates/trust.ts';
import {
  cardExtensions,
  Extension,
  issueCertificate,
  issueCrl,
  KeyUsageFlags,
  makeAuthority,
  makeKeys,
  P_384,
  RSA_1024,
  RSA_2048,
  type Authority,
  type CrlOrder,
} from '../../../scripts/test-ca/issue.ts';

export const AT = new Date('2026-11-22T03:00:00Z');
export const POLICY = '2.16.840.1.101.3.2.1.48.1';
export const SIGN_POLICY = '2.16.840.1.101.3.2.1.48.2';
const NAME = 'C=JP, O=KOSHU-TEST, OU=KOSHU TEST for user authentication';
const SIGN_NAME = 'C=JP, O=KOSHU-TEST, OU=KOSHU TEST for digital signature';
const IN_FORCE = { notBefore: new Date('2024-01-01T00:00:00Z'), notAfter: new Date('2034-01-01T00:00:00Z') };

export const day = (text: string) => new Date(`${text}T00:00:00Z`);

export interface CardOptions {
  authority?: Authority;
  /** Whose key the certificate claims to be signed with; the authority's own unless told. */
  claims?: Authority;
  serial?: string;
  keys?: CryptoKeyPair;
  notBefore?: Date;
  notAfter?: Date;
  policy?: string;
  usage?: number;
  more?: Extension[];
  without?: string;
}

export type Pki = Awaited<ReturnType<typeof makePki>>;

/** Two generations of one authority, a rogue one of the same name, a signing authority, one on P-384; and keys that the cards share. */
export async function makePki() {
  const [first, second, rogue, sign, p384] = await Promise.all([
    makeAuthority(NAME, IN_FORCE),
    makeAuthority(NAME, IN_FORCE),
    makeAuthority(NAME, IN_FORCE),
    makeAuthority(SIGN_NAME, IN_FORCE),
    makeAuthority(NAME, IN_FORCE, P_384),
  ]);
  const [keys, otherKeys, weakKeys, p384Keys] = await Promise.all([
    makeKeys(RSA_2048),
    makeKeys(RSA_2048),
    makeKeys(RSA_1024),
    makeKeys(P_384),
  ]);

  const card = async (options: CardOptions = {}): Promise<Buffer> => {
    const authority = options.authority ?? first;
    const profile = {
      policy: options.policy ?? POLICY,
      usage: options.usage ?? KeyUsageFlags.digitalSignature,
    };
    const usual = await cardExtensions(options.claims ?? authority, profile);
    return issueCertificate(authority, {
      serial: options.serial ?? '0a11',
      commonName: 'KOSHUTEST',
      publicKey: (options.keys ?? keys).publicKey,
      notBefore: options.notBefore ?? day('2025-06-01'),
      notAfter: options.notAfter ?? day('2030-06-01'),
      extensions: [...usual.filter(({ type }) => type !== options.without), ...(options.more ?? [])],
    });
  };

  return { first, second, rogue, sign, p384, keys, otherKeys, weakKeys, p384Keys, card };
}

export const CRL_NOW: CrlOrder = {
  thisUpdate: day('2026-11-21'),
  nextUpdate: day('2026-11-28'),
  revoked: [],
};

export interface TrustFolders {
  readonly folder: string;
  readonly trustDir: string;
  readonly crlDir: string;
  writeCrl(name: string, content: Buffer | string): void;
  remove(): void;
}

/** Folders on disk as an operator keeps them: all but the rogue authority are trusted, each with its revocation list. */
export async function writeTrust(pki: Pki, env: 'test' | 'production' = 'test'): Promise<TrustFolders> {
  const folder = mkdtempSync(path.join(tmpdir(), 'koshu-trust-'));
  const [trustDir, crlDir] = [path.join(folder, 'trust'), path.join(folder, 'crl')];
  mkdirSync(trustDir);
  mkdirSync(crlDir);
  const listed = [
    { id: 'auth-1', kind: 'auth', authority: pki.first },
    { id: 'auth-2', kind: 'auth', authority: pki.second },
    { id: 'auth-p384', kind: 'auth', authority: pki.p384 },
    { id: 'sign-1', kind: 'sign', authority: pki.sign },
  ];
  const entries = listed.map(({ id, kind }) => {
    const policies = [kind === 'auth' ? POLICY : SIGN_POLICY];
    return { file: `${id}.pem`, id, kind, policies, env };
  });
  writeFileSync(path.join(trustDir, 'trust.json'), JSON.stringify(entries));
  // A finished file is renamed over the one before, as docs/certificates.md tells the operator.
  const writeCrl = (name: string, content: Buffer | string) => {
    const finished = path.join(folder, 'finished');
    writeFileSync(finished, content);
    renameSync(finished, path.join(crlDir, name));
  };
  for (const { id, authority } of listed) {
    writeFileSync(path.join(trustDir, `${id}.pem`), authority.certificate.toString('pem'));
    writeCrl(`${id}.crl`, await issueCrl(authority, CRL_NOW));
  }
  return {
    folder,
    trustDir,
    crlDir,
    writeCrl,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function openTrust({ trustDir, crlDir }: TrustFolders): Promise<Trust> {
  return loadTrust({ mode: 'test', trustDir, crlDir, allowTestCards: true });
}

/** Expects the promise to be refused with this code, and gives the detail back. */
export async function expectRefusal(
  promise: Promise<unknown>,
  code: RefusalCode,
): Promise<Refusal['detail']> {
  const thrown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(Refusal);
  expect((thrown as Refusal).code).toBe(code);
  return (thrown as Refusal).detail;
}
