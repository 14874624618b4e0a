import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRevocationList } from '#lib/server/certificates/crl.ts';
import type { Trust } from '#lib/server/certificates/trust.ts';
import { signLongList } from '../../support/long-revocation-list.ts';
import { makePki, openTrust, writeTrust, type Pki, type TrustFolders } from './test-pki.ts';

const run = promisify(execFile);
const ENTRIES = 100_000;
const MOST_BYTES = 50 * 1024 * 1024;
const root = path.join(import.meta.dirname, '../../..');

let pki: Pki;
let folders: TrustFolders;
let trust: Trust;
let der: Buffer;
const serials = Array.from(
  { length: ENTRIES },
  (_, index) => `01${(index * 7).toString(16).padStart(6, '0')}`,
);

beforeAll(async () => {
  pki = await makePki();
  folders = await writeTrust(pki);
  trust = await openTrust(folders);
  der = await signLongList(pki.first, serials);
});
afterAll(() => folders.remove());

/** How often others had their turn while this went on. */
async function countTurns(act: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let isOver = false;
  const takeTurn = () => {
    turns += 1;
    if (!isOver) setImmediate(takeTurn);
  };
  setImmediate(takeTurn);
  await act();
  isOver = true;
  return turns;
}

describe('a list of 100,000 entries', () => {
  it('names each of them, and no other', async () => {
    const { revoked } = await readRevocationList(der, trust.anchors);
    expect(revoked.size).toBe(ENTRIES);
    expect(serials.filter((serial) => !revoked.has(serial))).toEqual([]);
    const others = serials.map((serial) => (BigInt(`0x${serial}`) + 1n).toString(16).padStart(8, '0'));
    expect(others.filter((serial) => revoked.has(serial))).toEqual([]);
    for (const odd of ['', '00', '01', `00${serials[0]}`, `${serials[0]}00`, 'ff'.repeat(20)]) {
      expect(revoked.has(odd)).toBe(false);
    }
  });

  it('lets others have their turn every few hundred entries', async () => {
    const turns = await countTurns(() => readRevocationList(der, trust.anchors));
    expect(turns).toBeGreaterThanOrEqual(ENTRIES / 500);
  });

  it('does so as PEM too, and says the same', async () => {
    const lines = der.toString('base64').replace(/.{64}/g, '$&\n');
    const pem = Buffer.from(`-----BEGIN X509 CRL-----\n${lines}\n-----END X509 CRL-----\n`);
    let size = 0;
    const turns = await countTurns(async () => {
      size = (await readRevocationList(pem, trust.anchors)).revoked.size;
    });
    expect(size).toBe(ENTRIES);
    expect(turns).toBeGreaterThanOrEqual(ENTRIES / 500);
  });

  it('costs less than 50 MB to keep', async () => {
    folders.writeCrl('long.crl', der);
    const { stdout } = await run(
      process.execPath,
      [
        '--expose-gc',
        path.join(root, 'tests/support/measure-revocation-list.ts'),
        path.join(folders.crlDir, 'long.crl'),
        path.join(folders.trustDir, 'auth-1.pem'),
      ],
      { cwd: root },
    );
    const measured = JSON.parse(stdout) as { keptBytes: number; isRevoked: boolean };
    expect(measured).toMatchObject({ isRevoked: true, isStillRevoked: true });
    expect(measured.keptBytes).toBeGreaterThan(der.length / 2);
    expect(measured.keptBytes).toBeLessThan(MOST_BYTES);
  });
});

describe('serial numbers', () => {
  it('are found whatever their length and first bit, and once however often they are named', async () => {
    const odd = ['7f', '0080', '00ff', '0a'.repeat(20), `00${'f0'.repeat(19)}`, '01', '7f', '0080'];
    const { revoked } = await readRevocationList(await signLongList(pki.first, odd), trust.anchors);
    expect(revoked.size).toBe(6);
    for (const serial of ['7f', '80', 'ff', '0a'.repeat(20), 'f0'.repeat(19), '01']) {
      expect(revoked.has(serial)).toBe(true);
    }
    expect(revoked.has('7e')).toBe(false);
  });

  it('of more than twenty octets make no list', async () => {
    const long = await signLongList(pki.first, ['0a'.repeat(21)]);
    await expect(readRevocationList(long, trust.anchors)).rejects.toMatchObject({
      detail: { reason: 'serial' },
    });
  });
});
