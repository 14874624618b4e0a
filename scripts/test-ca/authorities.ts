import { webcrypto } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { foldersOf, writeWhole } from './folder.ts';
import { KeyUsageFlags, makeAuthority, reviveAuthority, type Authority, type Validity } from './issue.ts';

export const DAY_MS = 24 * 3_600_000;

/**
 * The two test authorities. Their names do not imitate the real ones, and their policies are those that NIST set aside for tests
 * (csor-test-policies), so that no configuration can take such a card for a real one.
 */
export const AUTHORITIES = {
  auth: {
    id: 'koshu-test-auth',
    name: 'C=JP, O=KOSHU-TEST, OU=KOSHU TEST for user authentication',
    policy: '2.16.840.1.101.3.2.1.48.1',
    usage: KeyUsageFlags.digitalSignature,
  },
  sign: {
    id: 'koshu-test-sign',
    name: 'C=JP, O=KOSHU-TEST, OU=KOSHU TEST for digital signature',
    policy: '2.16.840.1.101.3.2.1.48.2',
    usage: KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation,
  },
} as const;
export type Kind = keyof typeof AUTHORITIES;
export const KINDS: readonly Kind[] = ['auth', 'sign'];

export type Authorities = Record<Kind, Authority>;

/** The authorities of the folder, made when they are not there, and the trust.json that names them. */
export async function findOrMakeAuthorities(outDir: string, now: Date): Promise<Authorities> {
  const folders = foldersOf(outDir);
  const entries = KINDS.map((kind) => {
    const { id, policy } = AUTHORITIES[kind];
    return { file: `${id}.pem`, id, kind, policies: [policy], env: 'test' };
  });
  const [auth, sign] = await Promise.all(KINDS.map((kind) => findOrMakeAuthority(folders, kind, now)));
  if (!auth || !sign) throw new Error('an authority is missing');
  await writeWhole(path.join(folders.trust, 'trust.json'), `${JSON.stringify(entries, null, 2)}\n`);
  return { auth, sign };
}

async function findOrMakeAuthority(
  folders: ReturnType<typeof foldersOf>,
  kind: Kind,
  now: Date,
): Promise<Authority> {
  const { id, name } = AUTHORITIES[kind];
  const certificateFile = path.join(folders.trust, `${id}.pem`);
  const keyFile = path.join(folders.private, `${id}.key`);
  const [pem, pkcs8] = await Promise.all([
    fs.readFile(certificateFile, 'utf8').catch(() => null),
    fs.readFile(keyFile).catch(() => null),
  ]);
  if (pem !== null && pkcs8 !== null) return reviveAuthority(pem, pkcs8);
  const authority = await makeAuthority(name, yearsAround(now, { before: 1, after: 10 }));
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', authority.privateKey));
  await writeWhole(keyFile, key, 0o600);
  await writeWhole(certificateFile, `${authority.certificate.toString('pem')}\n`);
  return authority;
}

/** In whole seconds, as certificates count. */
export function yearsAround(now: Date, { before, after }: { before: number; after: number }): Validity {
  const shifted = (years: number) =>
    new Date(Math.floor((now.getTime() + years * 365 * DAY_MS) / 1000) * 1000);
  return { notBefore: shifted(-before), notAfter: shifted(after) };
}
