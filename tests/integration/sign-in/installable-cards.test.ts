import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createSecureContext } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readInstallableTestCard } from '#lib/server/sign-in/card-host/installable-test-card.ts';
import { makeTestCa } from '../../../scripts/make-test-ca.ts';
import type { TestPerson } from '../../../scripts/test-ca/cards.ts';
import { writeInstallableCards } from '../../../scripts/test-ca/installable-cards.ts';
import { findOrMakeTlsServer } from '../../../scripts/test-ca/tls-server.ts';
import { AT, expectRefusal } from '../certificates/test-pki.ts';

const DAY_MS = 24 * 3_600_000;
const PEOPLE: TestPerson[] = [{ id: 'hanako', nameJa: '山田 花子', pin: '1101', status: 'valid' }];

let outDir: string;
let testCardsDir: string;

beforeAll(async () => {
  outDir = mkdtempSync(path.join(tmpdir(), 'koshu-p12-'));
  ({ cardsDir: testCardsDir } = await makeTestCa({ outDir, people: PEOPLE, now: AT }));
  await writeInstallableCards({ outDir, people: PEOPLE });
});
afterAll(() => rmSync(outDir, { recursive: true, force: true }));

describe('an installable test card', () => {
  const install = async (passphrase: string) =>
    createSecureContext({ pfx: await readInstallableTestCard({ testCardsDir }, 'hanako'), passphrase });

  it('opens with the PIN and with nothing else', async () => {
    await expect(install('1101')).resolves.toBeDefined();
    await expect(install('1102')).rejects.toThrow(/mac verify failure/);
    await expect(install('')).rejects.toThrow();
  });

  it('is made anew with its card only', async () => {
    const file = path.join(testCardsDir, 'hanako.p12');
    const before = readFileSync(file);
    await writeInstallableCards({ outDir, people: PEOPLE });
    expect(readFileSync(file)).toEqual(before);
    utimesSync(file, 0, 0); // older than the card
    await writeInstallableCards({ outDir, people: PEOPLE });
    expect(readFileSync(file)).not.toEqual(before);
    await expect(install('1101')).resolves.toBeDefined();
  });

  it('is handed out in a demo only, by the name of a person only', async () => {
    await expectRefusal(readInstallableTestCard({ testCardsDir: null }, 'hanako'), 'not_found');
    for (const id of ['nobody', '', '../cards/hanako', 'hanako.p12', 'HANAKO', 'hanako\0', 'a'.repeat(1_000)])
      await expectRefusal(readInstallableTestCard({ testCardsDir }, id), 'not_found');
  });
});

describe("the TLS certificate of a demo's card host", () => {
  const read = (file: string) => new X509Certificate(readFileSync(file));

  it('is for this machine, by an authority whose key nobody has', async () => {
    const { certificateFile, authorityFile, keyFile } = await findOrMakeTlsServer({ outDir, now: AT });
    const [certificate, authority] = [read(certificateFile), read(authorityFile)];
    expect(certificate.verify(authority.publicKey)).toBe(true);
    expect(certificate.checkIssued(authority)).toBe(true);
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.checkHost('card.localhost')).toBe('card.localhost');
    expect(certificate.checkHost('koshu.example')).toBeUndefined();
    expect(certificate.ca).toBe(false);
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    expect(readdirSync(path.join(outDir, 'private')).filter((name) => name.includes('card-host'))).toEqual([
      'card-host.key',
    ]);
  });

  it('is kept until its last month', async () => {
    const { certificateFile } = await findOrMakeTlsServer({ outDir, now: AT });
    const first = read(certificateFile).fingerprint256;
    const later = (days: number) => new Date(AT.getTime() + days * DAY_MS);
    await findOrMakeTlsServer({ outDir, now: later(700) });
    expect(read(certificateFile).fingerprint256).toBe(first);
    await findOrMakeTlsServer({ outDir, now: later(780) });
    expect(read(certificateFile).fingerprint256).not.toBe(first);
  });

  it('is made anew when a part of it is gone', async () => {
    const { certificateFile, keyFile } = await findOrMakeTlsServer({ outDir, now: AT });
    const first = read(certificateFile).fingerprint256;
    rmSync(keyFile);
    await findOrMakeTlsServer({ outDir, now: AT });
    expect(read(certificateFile).fingerprint256).not.toBe(first);
  });
});
