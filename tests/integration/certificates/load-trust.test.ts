import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadTrust, type TrustFile } from '#lib/server/certificates/trust.ts';
import { makePki, writeTrust, type Pki, type TrustFolders } from './test-pki.ts';

let pki: Pki;
let folders: TrustFolders;

beforeAll(async () => void (pki = await makePki()));
beforeEach(async () => void (folders = await writeTrust(pki)));
afterEach(() => folders.remove());

const load = (mode: 'production' | 'test' = 'test', allowTestCards = false) =>
  loadTrust({ mode, trustDir: folders.trustDir, crlDir: folders.crlDir, allowTestCards });

function editTrust(edit: (entries: TrustFile) => unknown): void {
  const file = path.join(folders.trustDir, 'trust.json');
  const entries = JSON.parse(readFileSync(file, 'utf8')) as TrustFile;
  writeFileSync(file, JSON.stringify(edit(entries)));
}

describe('the trust folder', () => {
  it('gives each authority its kind and says that test cards get in', async () => {
    const trust = await load();
    expect(trust.anchors.map(({ id, kind }) => [id, kind])).toEqual([
      ['auth-1', 'auth'],
      ['auth-2', 'auth'],
      ['auth-p384', 'auth'],
      ['sign-1', 'sign'],
    ]);
    expect(trust.hasTestAnchors).toBe(true);
  });

  it('stops production when a test authority is in it, unless that is wanted', async () => {
    await expect(load('production')).rejects.toThrow(
      /refuses the test anchors auth-1, auth-2, auth-p384, sign-1/,
    );
    await expect(load('production', true)).resolves.toMatchObject({ hasTestAnchors: true });
    editTrust((entries) => entries.map((entry) => ({ ...entry, env: 'production' })));
    await expect(load('production')).resolves.toMatchObject({ hasTestAnchors: false });
  });

  it('may be empty: then no card gets in', async () => {
    const emptied = await writeTrust(pki);
    writeFileSync(path.join(folders.trustDir, 'trust.json'), '[]');
    await expect(load()).rejects.toThrow(/auth-1.pem.* not named in trust.json/);
    emptied.remove();
  });

  it.each([
    ['https://ocsp.example.jp/ocsp', {}],
    ['http://127.0.0.1:8080/', { certIdHash: 'sha256', requireNonce: false } as const],
  ])('may name the responder %s that is asked instead of the lists', async (url, more) => {
    editTrust((entries) => entries.map((entry) => ({ ...entry, ocsp: { url, ...more } })));
    rmSync(folders.crlDir, { recursive: true });
    await expect(load()).resolves.toBeDefined();
  });

  const ocsp = (settings: unknown) => (entries: TrustFile) =>
    entries.map((entry) => ({ ...entry, ocsp: settings }));

  it.each([
    ['names a responder by no address', ocsp({ url: 'ocsp.example.jp' })],
    ['names a responder that is a file', ocsp({ url: 'file:///etc/passwd' })],
    ['names a responder with a password', ocsp({ url: 'https://somebody:secret@ocsp.example.jp/' })],
    ['says nothing about its responder', ocsp({})],
    ['says something unknown about its responder', ocsp({ url: 'https://ocsp.example.jp/', nonce: true })],
    ['wants a hash that is unknown', ocsp({ url: 'https://ocsp.example.jp/', certIdHash: 'md5' })],
    [
      'names a file that is not there',
      (entries: TrustFile) => [...entries, { ...entries[0]!, file: 'gone.pem', id: 'gone' }],
    ],
    [
      'names a file elsewhere',
      (entries: TrustFile) => entries.map((entry) => ({ ...entry, file: '../auth-1.pem' })),
    ],
    ['gives two the same id', (entries: TrustFile) => entries.map((entry) => ({ ...entry, id: 'auth' }))],
    ['gives one no policy', (entries: TrustFile) => entries.map((entry) => ({ ...entry, policies: [] }))],
    [
      'has a field that is unknown',
      (entries: TrustFile) => entries.map((entry) => ({ ...entry, enviroment: 'test' })),
    ],
  ])('is not accepted when trust.json %s', async (_, edit) => {
    editTrust(edit);
    await expect(load()).rejects.toThrow(/TRUST_DIR/);
  });

  it('is not accepted when an anchor is a card instead of an authority', async () => {
    const der = await pki.card();
    const pem = `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
    writeFileSync(path.join(folders.trustDir, 'auth-1.pem'), pem);
    await expect(load()).rejects.toThrow(/auth-1.pem cannot be an anchor/);
  });
});
