import { KeyObject } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { DAY_MS } from './authorities.ts';
import { foldersOf, writeWhole } from './folder.ts';
import { issueCertificate, KeyUsageFlags, makeAuthority, makeKeys, P_384 } from './issue.ts';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
} from '@peculiar/x509';

// Apple's systems take no longer one, by whomever it was issued from 2019 on: 825 days.
const VALID_DAYS = 800;
const RENEW_DAYS = 30;
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const AUTHORITY = 'C=JP, O=KOSHU-TEST, OU=KOSHU TEST for the card host of this machine';

export interface TlsServerFiles {
  /** For a person to install, so that his browser does not warn. */
  readonly authorityFile: string;
  readonly certificateFile: string;
  readonly keyFile: string;
}

/**
 * A TLS server certificate for the card host of a demo: for 127.0.0.1, localhost and card.localhost, by an authority that issues nothing else.
 * The authority's key is thrown away at once, so that whoever installs it trusts this one certificate. Made anew, with another authority, in
 * its last month.
 */
export async function findOrMakeTlsServer({
  outDir,
  now = new Date(),
}: {
  readonly outDir: string;
  readonly now?: Date;
}): Promise<TlsServerFiles> {
  const secrets = foldersOf(outDir).private;
  await fs.mkdir(secrets, { recursive: true, mode: 0o700 });
  const files = {
    authorityFile: path.join(outDir, 'card-host-ca.pem'),
    certificateFile: path.join(outDir, 'card-host.pem'),
    keyFile: path.join(secrets, 'card-host.key'),
  };
  if (!(await isInOrder(files, now))) await makeTlsServer(files, now);
  return files;
}

async function isInOrder(files: TlsServerFiles, now: Date): Promise<boolean> {
  const [pem] = await Promise.all(
    [files.certificateFile, files.keyFile, files.authorityFile].map((file) => fs.readFile(file, 'utf8')),
  ).catch(() => [null]);
  if (pem === null || pem === undefined) return false;
  return new X509Certificate(pem).notAfter.getTime() - now.getTime() > RENEW_DAYS * DAY_MS;
}

async function makeTlsServer(files: TlsServerFiles, now: Date): Promise<void> {
  const second = Math.floor(now.getTime() / 1000) * 1000;
  const validity = {
    notBefore: new Date(second - DAY_MS),
    notAfter: new Date(second + VALID_DAYS * DAY_MS),
  };
  const [authority, keys] = await Promise.all([makeAuthority(AUTHORITY, validity, P_384), makeKeys(P_384)]);
  const certificate = await issueCertificate(authority, {
    ...validity,
    serial: '02',
    commonName: 'KOSHU TEST card host',
    publicKey: keys.publicKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([SERVER_AUTH]),
      new SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'dns', value: 'card.localhost' },
        { type: 'ip', value: '127.0.0.1' },
      ]),
      await AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
    ],
  });
  const key = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString();
  await writeWhole(files.keyFile, key, 0o600);
  await writeWhole(files.authorityFile, `${authority.certificate.toString('pem')}\n`);
  await writeWhole(
    files.certificateFile,
    `${new X509Certificate(new Uint8Array(certificate)).toString('pem')}\n`,
  );
}
