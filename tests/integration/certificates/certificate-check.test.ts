import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueCrl } from '../../../scripts/test-ca/issue.ts';
import { otherNamesOf } from '../../../scripts/test-ca/other-names.ts';
import { FOUR, signingCard } from './signing-card.ts';
import { AT, CRL_NOW, day, makePki, writeTrust, type Pki, type TrustFolders } from './test-pki.ts';

const ROOT = path.join(import.meta.dirname, '../../..');

let pki: Pki;
let folders: TrustFolders;
let lists: string[];

beforeAll(async () => {
  pki = await makePki();
  folders = await writeTrust(pki);
  const revoked = [{ serial: '0dead0', at: day('2026-11-01') }];
  folders.writeCrl('auth-1.crl', await issueCrl(pki.first, { ...CRL_NOW, revoked }));
  lists = ['auth-1', 'auth-2', 'auth-p384', 'sign-1'].flatMap((id) => [
    '--crl',
    path.join(folders.crlDir, `${id}.crl`),
  ]);
});
afterAll(() => folders.remove());

interface Answer {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the tool as an operator does, in a process of its own. */
function run(...options: string[]): Promise<Answer> {
  const child = spawn(process.execPath, ['scripts/certificate-check.ts', ...options], { cwd: ROOT });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, out, err }));
  });
}

const check = (...options: string[]) =>
  run('--trust', folders.trustDir, ...lists, '--at', AT.toISOString(), ...options);
const file = (name: string, content: Buffer | string) => {
  const where = path.join(folders.folder, name);
  writeFileSync(where, content);
  return where;
};
const pem = (der: Buffer) => new X509Certificate(der).toString();
const block = (der: Buffer) =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`;

describe('an operator who checks certificates', () => {
  it('is told what was read of one in DER', async () => {
    const answer = await check(file('good.der', await pki.card({ serial: '0133c349' })));
    expect(answer).toMatchObject({ status: 0, err: '' });
    expect(answer.out).toMatch(/good\.der: accepted/);
    for (const fact of [
      'auth-1 (test)',
      '0133c349',
      '2025-06-01T00:00:00.000Z to 2030-06-01T00:00:00.000Z',
      'rsa-sha256 of 2048 bits',
      '2.16.840.1.101.3.2.1.48.1',
      'not revoked by crl of 2026-11-21T00:00:00.000Z',
    ])
      expect(answer.out).toContain(fact);
  });

  it('is told of each of several in one PEM file, with text between them', async () => {
    const good = pem(await pki.card());
    const p384 = pem(await pki.card({ authority: pki.p384, keys: pki.p384Keys }));
    const rogue = pem(await pki.card({ authority: pki.rogue }));
    const text = `CN = 試験\r\n${good.replaceAll('\n', '\r\n')}\n${p384}\nsubject=...\n${rogue}`;
    const { status, out } = await check(file('several.pem', text));
    expect(status).toBe(1);
    expect(out).toMatch(/several\.pem #1: accepted/);
    expect(out).toMatch(/several\.pem #2: accepted/);
    expect(out).toMatch(/several\.pem #3: refused certificate_untrusted/);
  });

  it('gets the code and a sentence in both languages for what is refused', async () => {
    const files = [
      file('expired.der', await pki.card({ notAfter: day('2026-11-21') })),
      file('revoked.der', await pki.card({ serial: '0dead0' })),
      file('signing.der', await signingCard(pki)),
      file('weak.der', await pki.card({ keys: pki.weakKeys })),
      file('good.pem', pem(await pki.card())),
    ];
    const { status, out } = await check(...files);
    expect(status).toBe(1);
    expect(out).toMatch(
      /expired\.der: refused certificate_expired\n {2}有効期間が終わっています。\n {2}Its period/,
    );
    expect(out).toMatch(/revoked\.der: refused certificate_revoked\n {2}失効しています。/);
    expect(out).toMatch(/signing\.der: refused certificate_wrong_purpose/);
    expect(out).toMatch(/weak\.der: refused certificate_weak_key/);
    expect(out).toMatch(/good\.pem: accepted/);
  });

  it('is told of garbage, of an empty file, of a folder, of a file that is not there, and goes on', async () => {
    const der = await pki.card();
    const folder = path.join(folders.folder, 'folder');
    mkdirSync(folder);
    const files = [
      file('garbage', Buffer.from('これは証明書ではありません')),
      file('empty', ''),
      folder,
      path.join(folders.folder, 'absent.pem'),
      file('zeros', Buffer.alloc(1024 * 1024)),
      file('huge', Buffer.alloc(3 * 1024 * 1024, 0x30)),
      file('trailing.der', Buffer.concat([der, Buffer.alloc(1)])),
      file('cut.der', der.subarray(0, 300)),
      file('no-end.pem', block(der).replace(/-----END.*/s, '')),
      file('not-base64.pem', block(der).replace('MII', 'M*I')),
      file('last.pem', block(der)),
    ];
    const { status, out, err } = await check(...files);
    expect({ status, err }).toEqual({ status: 1, err: '' });
    const codes = out.split('\n').flatMap((line) => /: (accepted|refused \w+)$/.exec(line)?.[1] ?? []);
    expect(codes).toEqual([
      'refused certificate_malformed',
      'refused certificate_malformed',
      'refused file_unreadable',
      'refused file_unreadable',
      ...Array.from({ length: 6 }, () => 'refused certificate_malformed'),
      'accepted',
    ]);
  });

  it('may ask about a device that has no end', async () => {
    expect(await check('/dev/zero')).toMatchObject({ status: 1 });
  });

  it('is told how to say what is revoked when he did not', async () => {
    const good = file('good.der', await pki.card());
    const { status, out } = await run('--trust', folders.trustDir, good);
    expect(status).toBe(1);
    expect(out).toMatch(/refused revocation_unavailable/);
    expect(out).toMatch(/--crl FILE .* --ocsp URL/);
  });

  it('is refused an answer when the responder does not answer, although the lists know nothing bad', async () => {
    const good = file('good.der', await pki.card());
    const { status, out } = await check('--ocsp', 'http://127.0.0.1:9/', good);
    expect(status).toBe(1);
    expect(out).toMatch(/refused revocation_unavailable/);
  });

  it('may ask about another time', async () => {
    const der = file('later.der', await pki.card({ notBefore: day('2026-11-23') }));
    expect((await check(der)).out).toMatch(/refused certificate_not_yet_valid/);
    const later = await run('--trust', folders.trustDir, ...lists, '--at', '2026-11-23', der);
    expect(later.out).toMatch(/refused certificate_not_yet_valid/);
    const noon = await run('--trust', folders.trustDir, ...lists, '--at', '2026-11-23T12:00', der);
    expect(noon).toMatchObject({ status: 0 });
    const stale = await run('--trust', folders.trustDir, ...lists, '--at', '2026-12-24', der);
    expect(stale.out).toMatch(/refused revocation_unavailable/);
  });
});

describe('an operator who checks signing certificates', () => {
  it('is told which of the basic four are there, not what they say', async () => {
    const der = file('sign.der', await signingCard(pki));
    const { status, out } = await check('--purpose', 'sign', der);
    expect(status).toBe(0);
    expect(out).toMatch(/name +present, 4 characters, 1 substituted/);
    expect(out).toMatch(/birth date +present/);
    expect(out).not.toContain(FOUR.name);
    expect(out).not.toContain(FOUR.birthDate);
    expect((await check('--purpose', 'sign', '--show', der)).out).toContain(FOUR.address);
  });

  it('is told that one is refused that does not say who its holder is', async () => {
    const fields = otherNamesOf(FOUR).filter(([number]) => number !== 1);
    const { status, out } = await check(
      '--purpose',
      'sign',
      file('nobody.der', await signingCard(pki, fields)),
    );
    expect(status).toBe(1);
    expect(out).toMatch(/refused certificate_malformed/);
  });

  it('is told that one for signing in is for another purpose', async () => {
    const { out } = await check('--purpose', 'sign', file('auth.der', await pki.card()));
    expect(out).toMatch(/refused certificate_wrong_purpose/);
  });
});

describe('an operator who mistypes', () => {
  it.each<[string, (good: string) => string[]]>([
    ['nothing', () => []],
    ['no file', () => ['--trust', folders.trustDir]],
    ['no folder', (good) => [good]],
    ['a folder that is not there', (good) => ['--trust', path.join(folders.folder, 'absent'), good]],
    ['a file for a folder', (good) => ['--trust', good, good]],
    ['a folder without trust.json', (good) => ['--trust', folders.crlDir, good]],
    ['a list that is not there', (good) => ['--trust', folders.trustDir, '--crl', 'absent.crl', good]],
    ['a responder that is no URL', (good) => ['--trust', folders.trustDir, '--ocsp', 'ocsp', good]],
    ['a responder in the file system', (good) => ['--trust', folders.trustDir, '--ocsp', 'file:///x', good]],
    ['another purpose', (good) => ['--trust', folders.trustDir, '--purpose', 'both', good]],
    ['a time that is none', (good) => ['--trust', folders.trustDir, '--at', 'yesterday', good]],
    ['30 February', (good) => ['--trust', folders.trustDir, '--at', '2026-02-30', good]],
    ['a thirteenth month', (good) => ['--trust', folders.trustDir, '--at', '2026-13-01', good]],
    ['an unknown flag', (good) => ['--trust', folders.trustDir, '--force', good]],
    ['a flag without its value', (good) => [good, '--trust']],
  ])('%s is told the usage, with status 2', async (_, options) => {
    const answer = await run(...options(file('good.der', await pki.card())));
    expect(answer).toMatchObject({ status: 2, out: '' });
    expect(answer.err).toMatch(/npm run certificate:check -- --trust DIR/);
    expect(answer.err).not.toMatch(/\n\s+at /);
  });

  it('gets help when he asks for it', async () => {
    const answer = await run('--help');
    expect(answer).toMatchObject({ status: 0, err: '' });
    expect(answer.out).toMatch(/Exit status/);
  });
});
