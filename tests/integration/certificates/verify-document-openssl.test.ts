import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Trust } from '#lib/server/certificates/trust.ts';
import { verifyDocument } from '#lib/server/certificates/verify-document.ts';
import { signCms } from '../../../scripts/test-ca/sign-cms.ts';
import { FOUR, nodeKey, signingCard } from './signing-card.ts';
import {
  AT,
  expectRefusal,
  makePki,
  openTrust,
  writeTrust,
  type Pki,
  type TrustFolders,
} from './test-pki.ts';

const hasOpenSsl = spawnSync('openssl', ['version']).status === 0;
const DOCUMENT = Buffer.from('この電子証明書を、受講者登録に結び付けます。\r\n');

/** What another maker's program writes is read as well as what our own tests write. */
describe.skipIf(!hasOpenSsl)('CMS by the openssl program', () => {
  let pki: Pki;
  let folders: TrustFolders;
  let trust: Trust;
  let work: string;
  const at = (name: string) => path.join(work, name);

  beforeAll(async () => {
    pki = await makePki();
    folders = await writeTrust(pki);
    trust = await openTrust(folders);
    work = mkdtempSync(path.join(tmpdir(), 'koshu-cms-'));
    writeFileSync(at('document'), DOCUMENT);
    for (const [name, keys] of [
      ['rsa', pki.keys],
      ['p384', pki.p384Keys],
    ] as const) {
      const der = await signingCard(pki, undefined, { keys });
      writeFileSync(at(`${name}.pem`), new X509Certificate(der).toString());
      writeFileSync(at(`${name}.key`), nodeKey(keys).export({ type: 'pkcs8', format: 'pem' }));
    }
    writeFileSync(at('authority.pem'), pki.sign.certificate.toString('pem'));
  });
  afterAll(() => {
    folders.remove();
    rmSync(work, { recursive: true, force: true });
  });

  const openssl = (...options: string[]) => execFileSync('openssl', options, { stdio: 'pipe' });
  const signed = (name: string, ...options: string[]) => {
    const key = ['-signer', at(`${name}.pem`), '-inkey', at(`${name}.key`)];
    const files = ['-in', at('document'), '-outform', 'DER', '-out', at('signed')];
    openssl('cms', '-sign', '-binary', ...key, ...files, ...options);
    return readFileSync(at('signed'));
  };
  const verify = (der: Buffer, document = DOCUMENT) =>
    verifyDocument(trust, document, { kind: 'cms', der }, AT);

  it.each<[string, string[]]>([
    ['detached', []],
    ['attached', ['-nodetach']],
    ['attached, with lengths left open', ['-nodetach', '-stream']],
    ['with the authority in it', ['-certfile', 'authority.pem']],
    ['without capabilities', ['-nosmimecap']],
  ])('is accepted %s', async (_, options) => {
    const certFile = options.map((option) => (option.endsWith('.pem') ? at(option) : option));
    const der = signed('rsa', '-md', 'sha256', ...certFile);
    expect((await verify(der)).fourInformation).toEqual(FOUR);
    await expectRefusal(verify(der, Buffer.from('ほかの文書')), 'signature_invalid');
  });

  it('is accepted from a card on P-384', async () => {
    const der = signed('p384', '-md', 'sha384');
    await expect(verify(der)).resolves.toMatchObject({ keyAlgorithm: 'ecdsa-p384-sha384' });
  });

  it.each<[string, string, string[]]>([
    ['with SHA-512', 'rsa', ['-md', 'sha512']],
    ['with SHA-1', 'rsa', ['-md', 'sha1']],
    ['with P-384 and SHA-256', 'p384', ['-md', 'sha256']],
    ['with RSASSA-PSS', 'rsa', ['-md', 'sha256', '-keyopt', 'rsa_padding_mode:pss']],
    ['without signed attributes', 'rsa', ['-md', 'sha256', '-noattr']],
    ['without the certificate', 'rsa', ['-md', 'sha256', '-nocerts']],
  ])('is refused %s', async (_, name, options) => {
    await expectRefusal(verify(signed(name, ...options)), 'signature_invalid');
  });

  it('and the program accepts what our tests write', async () => {
    const der = signCms({
      certificates: [await signingCard(pki)],
      privateKey: nodeKey(pki.keys),
      document: DOCUMENT,
    });
    writeFileSync(at('ours'), der);
    const options = ['-inform', 'DER', '-in', at('ours'), '-content', at('document'), '-binary'];
    const text = openssl('cms', '-verify', ...options, '-noverify', '-CAfile', at('authority.pem'));
    expect(text.equals(DOCUMENT)).toBe(true);
  });
});
