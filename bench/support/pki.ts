import { KeyObject } from 'node:crypto';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadTrust, type Trust } from '#lib/server/certificates/trust.ts';
import { AUTHORITIES, DAY_MS, KINDS, yearsAround, type Kind } from '../../scripts/test-ca/authorities.ts';
import {
  cardExtensions,
  issueCertificate,
  issueCrl,
  makeAuthority,
  makeKeys,
  RSA_2048,
  signingCardExtensions,
  type Authority,
} from '../../scripts/test-ca/issue.ts';

export interface BenchCard {
  readonly der: Buffer;
  readonly privateKey: KeyObject;
}

export interface BenchPki {
  readonly at: Date;
  readonly trust: Trust;
  readonly authorities: Readonly<Record<Kind, Authority>>;
  readonly lists: Readonly<Record<Kind, Buffer>>;
  readonly cards: Readonly<Record<Kind, BenchCard>>;
  remove(): void;
}

const REVOKED_ENTRIES = 100;

/** Both authorities with their lists in folders as an operator keeps them, and a card of each. */
export async function makeBenchPki(): Promise<BenchPki> {
  // In whole seconds, as everything in DER counts.
  const at = new Date(Math.floor(Date.now() / 1000) * 1000);
  const validity = yearsAround(at, { before: 1, after: 5 });
  const [auth, sign] = await Promise.all(
    KINDS.map((kind) => makeAuthority(AUTHORITIES[kind].name, validity)),
  );
  if (!auth || !sign) throw new Error('an authority is missing');
  const authorities = { auth, sign };
  const folder = mkdtempSync(path.join(tmpdir(), 'koshu-bench-'));
  const [trustDir, crlDir] = [path.join(folder, 'trust'), path.join(folder, 'crl')];
  for (const inner of [trustDir, crlDir]) mkdirSync(inner);
  const entries = KINDS.map((kind) => {
    const { id, policy } = AUTHORITIES[kind];
    writeFileSync(path.join(trustDir, `${id}.pem`), authorities[kind].certificate.toString('pem'));
    return { file: `${id}.pem`, id, kind, policies: [policy], env: 'test' };
  });
  writeFileSync(path.join(trustDir, 'trust.json'), JSON.stringify(entries));
  const lists = { auth: await listOf(auth, at), sign: await listOf(sign, at) };
  for (const kind of KINDS) writeFileSync(path.join(crlDir, `${AUTHORITIES[kind].id}.crl`), lists[kind]);
  return {
    at,
    trust: await loadTrust({ mode: 'test', trustDir, crlDir, allowTestCards: true }),
    authorities,
    lists,
    cards: { auth: await makeCard('auth', auth, at), sign: await makeCard('sign', sign, at) },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function listOf(authority: Authority, at: Date): Promise<Buffer> {
  const revoked = Array.from({ length: REVOKED_ENTRIES }, (_, index) => ({
    serial: (0x20_0000 + index).toString(16),
    at,
  }));
  const thisUpdate = new Date(at.getTime() - DAY_MS);
  return issueCrl(authority, { thisUpdate, nextUpdate: new Date(at.getTime() + DAY_MS), revoked });
}

async function makeCard(kind: Kind, authority: Authority, at: Date): Promise<BenchCard> {
  const keys = await makeKeys(RSA_2048);
  const profile = AUTHORITIES[kind];
  const der = await issueCertificate(authority, {
    ...yearsAround(at, { before: 0.5, after: 4 }),
    serial: '0133c349',
    commonName: 'KOSHUTEST',
    publicKey: keys.publicKey,
    extensions:
      kind === 'auth'
        ? await cardExtensions(authority, profile)
        : await signingCardExtensions(authority, profile, {
            name: '森　鷗外',
            nameSubstituted: [false, false, true, false],
            address: '神奈川県横浜市中区海岸通２丁目４番地',
            addressSubstituted: [],
            birthDate: '1980-02-17',
            sex: 'male',
          }),
  });
  return { der, privateKey: KeyObject.from(keys.privateKey) };
}
