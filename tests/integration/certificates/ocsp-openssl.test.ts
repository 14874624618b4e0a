import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Anchor } from '#lib/server/certificates/anchor.ts';
import { writeOcspRequest, type OcspQuestion } from '#lib/server/certificates/ocsp-request.ts';
import { verifyOcspResponse } from '#lib/server/certificates/ocsp-verify.ts';
import { appointResponder, type OcspSigner } from '../../support/ocsp-responder.ts';
import { makePki, openTrust, writeTrust, type Pki, type TrustFolders } from './test-pki.ts';

const run = promisify(execFile);
const isOpenSslThere = spawnSync('openssl', ['version']).status === 0;

let pki: Pki;
let folders: TrustFolders;
let anchor: Anchor;

beforeAll(async () => {
  pki = await makePki();
  folders = await writeTrust(pki);
  anchor = (await openTrust(folders)).anchors.find(({ id }) => id === 'auth-1')!;
});
afterAll(() => folders.remove());

const file = (name: string) => path.join(folders.folder, name);

/** What the authority knows, in the form of OpenSSL's own: 0a11 is good, 0a22 was revoked. */
const INDEX = [
  'V\t300601000000Z\t\t0A11\tunknown\t/CN=GOOD',
  'R\t300601000000Z\t261101000000Z\t0A22\tunknown\t/CN=REVOKED',
];

async function askOpenSsl(question: OcspQuestion, signer: OcspSigner): Promise<Buffer> {
  const key = Buffer.from(await crypto.subtle.exportKey('pkcs8', signer.privateKey)).toString('base64');
  writeFileSync(file('signer.key'), `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`);
  writeFileSync(file('signer.pem'), signer.certificate.toString('pem'));
  writeFileSync(file('index.txt'), `${INDEX.join('\n')}\n`);
  writeFileSync(file('question.der'), writeOcspRequest(question));
  const known = ['-index', file('index.txt'), '-CA', path.join(folders.trustDir, 'auth-1.pem')];
  const by = ['-rsigner', file('signer.pem'), '-rkey', file('signer.key'), '-nmin', '15'];
  await run('openssl', [
    'ocsp',
    ...known,
    ...by,
    '-reqin',
    file('question.der'),
    '-respout',
    file('answer.der'),
  ]);
  return readFileSync(file('answer.der'));
}

describe('the responder of OpenSSL', () => {
  const ask = async (serial: string, signer: OcspSigner, certIdHash: 'sha1' | 'sha256' = 'sha1') => {
    const question = { anchor, serial, certIdHash, nonce: randomBytes(32) };
    const answer = await askOpenSsl(question, signer);
    return verifyOcspResponse(answer, question, { at: new Date(), requireNonce: true }).status;
  };

  it.skipIf(!isOpenSslThere)('understands our question, and we its answer', async () => {
    expect(await ask('0a11', pki.first)).toBe('good');
    expect(await ask('0a11', pki.first, 'sha256')).toBe('good');
    expect(await ask('0a22', pki.first)).toBe('revoked');
    expect(await ask('0a33', pki.first)).toBe('unknown');
  });

  it.skipIf(!isOpenSslThere)('may be one that the authority appointed', async () => {
    const appointed = await appointResponder(pki.first, {
      keys: pki.otherKeys,
      notBefore: new Date('2024-01-01T00:00:00Z'),
      notAfter: new Date('2034-01-01T00:00:00Z'),
    });
    expect(await ask('0a11', appointed)).toBe('good');
  });

  it.skipIf(!isOpenSslThere)('is not believed with the key of another generation', async () => {
    await expect(ask('0a11', pki.second)).rejects.toThrow('responder_untrusted');
  });
});
