/**
 * Makes a test certificate authority, its revocation lists, and a PIN-sealed card file for each named person. Everything that it made before
 * is used again. `npm run make-test-ca -- FOLDER PEOPLE.json`, or imported.
 */
import { createHash, webcrypto } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { sealCard } from './test-ca/card-file.ts';
import { foldersOf, readMade, writeWhole, type Made, type MadeCard } from './test-ca/folder.ts';
import {
  cardExtensions,
  Extension,
  issueCertificate,
  issueCrl,
  KeyUsageFlags,
  makeAuthority,
  makeKeys,
  reviveAuthority,
  RSA_2048,
  type Authority,
} from './test-ca/issue.ts';

const DAY_MS = 24 * 3_600_000;
const CRL_DAYS = 60;
const CRL_RENEW_DAYS = 7;

/**
 * The two test authorities. Their names do not imitate the real ones, and their policies are those that NIST set aside for tests
 * (csor-test-policies), so that no configuration can take such a card for a real one.
 */
const AUTHORITIES = {
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
type Kind = keyof typeof AUTHORITIES;
const KINDS: readonly Kind[] = ['auth', 'sign'];

export interface TestPerson {
  /** Of the file name: lower-case letters, digits, hyphens. */
  readonly id: string;
  readonly nameJa: string;
  readonly nameEn?: string;
  readonly storyJa?: string;
  readonly storyEn?: string;
  /** Four digits. */
  readonly pin: string;
  /**
   * `foreign`: an authority that bears the name of ours and gives out the serial number of the first valid card;
   * `signing`: the signing certificate, which is not for signing in.
   */
  readonly status: 'valid' | 'expired' | 'revoked' | 'foreign' | 'signing';
}

/** What linkCredential needs to know of a card. */
export interface TestCard {
  readonly id: string;
  readonly anchorId: string;
  readonly serial: string;
  /** Hexadecimal. */
  readonly spkiSha256: string;
}

export interface TestCa {
  readonly trustDir: string;
  readonly crlDir: string;
  readonly cardsDir: string;
  readonly cards: readonly TestCard[];
}

/**
 * Makes what is missing in `outDir`: `trust/`, `crl/`, `cards/<id>.card.json` with `people.json`, and `private/` with the authorities' keys
 * (0600: keep the folder outside of any repository). A person whose order changed gets a new card.
 */
export async function makeTestCa(options: {
  outDir: string;
  people: readonly TestPerson[];
  now?: Date;
}): Promise<TestCa> {
  const { outDir, people, now = new Date() } = options;
  const folders = foldersOf(outDir);
  for (const folder of [folders.trust, folders.crl, folders.cards]) await fs.mkdir(folder, { recursive: true });
  await fs.mkdir(folders.private, { recursive: true, mode: 0o700 });
  const made = await readMade(folders.made);
  const authorities = await findOrMakeAuthorities(outDir, now);
  await makeCards({ outDir, people, now, made, authorities });
  await writePeople(folders.cards, people);
  await writeCrls({ outDir, made, authorities, now });
  const cards = people.map(({ id }) => {
    const { anchorId, serial, spkiSha256 } = made.cards[id]!;
    return { id, anchorId, serial, spkiSha256 };
  });
  return { trustDir: folders.trust, crlDir: folders.crl, cardsDir: folders.cards, cards };
}

/** Issues the revocation lists anew when less than a week is left of them. To be called at each start and once a day. */
export async function refreshCrl({ outDir, now = new Date() }: { outDir: string; now?: Date }): Promise<boolean> {
  const made = await readMade(foldersOf(outDir).made);
  const endsAt = made.crlNextUpdate === null ? 0 : Date.parse(made.crlNextUpdate);
  if (endsAt - now.getTime() >= CRL_RENEW_DAYS * DAY_MS) return false;
  await writeCrls({ outDir, made, authorities: await findOrMakeAuthorities(outDir, now), now });
  return true;
}

type Authorities = Record<Kind, Authority>;

async function findOrMakeAuthorities(outDir: string, now: Date): Promise<Authorities> {
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

async function findOrMakeAuthority(folders: ReturnType<typeof foldersOf>, kind: Kind, now: Date): Promise<Authority> {
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

function yearsAround(now: Date, { before, after }: { before: number; after: number }) {
  const shifted = (years: number) => new Date(Math.floor((now.getTime() + years * 365 * DAY_MS) / 1000) * 1000);
  return { notBefore: shifted(-before), notAfter: shifted(after) };
}

interface Work {
  readonly outDir: string;
  readonly made: Made;
  readonly authorities: Authorities;
  readonly now: Date;
}

async function makeCards({ people, ...work }: Work & { people: readonly TestPerson[] }): Promise<void> {
  const { made, now, authorities } = work;
  // Of the order: an authority that had to be made anew makes all cards anew.
  const keys = KINDS.map((kind) => Buffer.from(authorities[kind].certificate.publicKey.rawData).toString('base64'));
  const keysSha256 = createHash('sha256').update(keys.join()).digest('hex');
  const orders = people.map((person) => ({
    person,
    order: JSON.stringify([person.nameJa, person.pin, person.status, keysSha256]),
  }));
  const missing = orders.filter(({ person, order }) => made.cards[person.id]?.order !== order);
  if (missing.length === 0) return;
  for (const { person } of missing) {
    const before = made.cards[person.id];
    if (before) made.revoked.push({ anchorId: before.anchorId, serial: before.serial, at: now.toISOString() });
  }
  // Valid cards first: a foreign one copies the serial number of one of them.
  const genuine = missing.filter(({ person }) => person.status !== 'foreign');
  const foreign = missing.filter(({ person }) => person.status === 'foreign');
  const rogue = foreign.length > 0 ? await makeAuthority(AUTHORITIES.auth.name, yearsAround(now, { before: 1, after: 10 })) : null;
  for (const batch of [genuine, foreign]) {
    const serials = batch.map(({ person }) => (person.status === 'foreign' ? serialToCopy(people, made) : takeSerial(made)));
    const cards = await Promise.all(
      batch.map(({ person, order }, index) => makeCard(work, { person, order, serial: serials[index]!, rogue })),
    );
    batch.forEach(({ person }, index) => (made.cards[person.id] = cards[index]!));
  }
  made.crlNextUpdate = null;
  await saveMade(work);
}

function takeSerial(made: Made): string {
  const serial = (made.nextSerial++).toString(16);
  return serial.length % 2 === 0 ? serial : `0${serial}`;
}

function serialToCopy(people: readonly TestPerson[], made: Made): string {
  const victim = people.find(({ status }) => status === 'valid');
  return (victim && made.cards[victim.id]?.serial) ?? takeSerial(made);
}

interface CardOrder {
  readonly person: TestPerson;
  readonly order: string;
  readonly serial: string;
  readonly rogue: Authority | null;
}

async function makeCard({ outDir, authorities, now }: Work, { person, order, serial, rogue }: CardOrder): Promise<MadeCard> {
  const kind: Kind = person.status === 'signing' ? 'sign' : 'auth';
  const profile = AUTHORITIES[kind];
  const keys = await makeKeys(RSA_2048);
  const validity =
    person.status === 'expired'
      ? { notBefore: yearsAround(now, { before: 5, after: 0 }).notBefore, notAfter: new Date(now.getTime() - DAY_MS) }
      : yearsAround(now, { before: 0.5, after: 4 });
  // A foreign card names the key of the genuine authority: only the signature gives it away.
  const certificate = await issueCertificate((person.status === 'foreign' && rogue) || authorities[kind], {
    ...validity,
    serial,
    commonName: `KOSHUTEST${serial.toUpperCase()}`,
    publicKey: keys.publicKey,
    extensions: await cardExtensions(authorities[kind], profile),
  });
  const sealing = { algorithm: 'rsa-sha256', holder: person.nameJa, pin: person.pin } as const;
  const card = await sealCard(certificate, keys.privateKey, sealing);
  await writeWhole(path.join(foldersOf(outDir).cards, `${person.id}.card.json`), `${JSON.stringify(card, null, 2)}\n`);
  const spki = Buffer.from(await webcrypto.subtle.exportKey('spki', keys.publicKey));
  return {
    order,
    anchorId: profile.id,
    serial: serial.replace(/^(00)+(?=..)/, ''),
    spkiSha256: createHash('sha256').update(spki).digest('hex'),
    revokedAt: person.status === 'revoked' ? now.toISOString() : null,
  };
}

async function writePeople(folder: string, people: readonly TestPerson[]): Promise<void> {
  const listed = people.map(({ id, nameJa, nameEn = nameJa, storyJa = '', storyEn = '', pin }) => ({
    ...{ id, nameJa, nameEn, storyJa, storyEn, pin },
  }));
  await writeWhole(path.join(folder, 'people.json'), `${JSON.stringify(listed, null, 2)}\n`);
}

async function writeCrls({ outDir, made, authorities, now }: Work): Promise<void> {
  if (made.crlNextUpdate !== null && Date.parse(made.crlNextUpdate) - now.getTime() >= CRL_RENEW_DAYS * DAY_MS) return;
  made.crlNumber += 1;
  const seconds = Math.floor(now.getTime() / 1000) * 1000;
  const [thisUpdate, nextUpdate] = [new Date(seconds - 60_000), new Date(seconds + CRL_DAYS * DAY_MS)];
  const revoked = [
    ...made.revoked,
    ...Object.values(made.cards).flatMap(({ anchorId, serial, revokedAt: at }) => (at === null ? [] : [{ anchorId, serial, at }])),
  ];
  for (const kind of KINDS) {
    const { id } = AUTHORITIES[kind];
    const entries = revoked.filter(({ anchorId }) => anchorId === id).map(({ serial, at }) => ({ serial, at: new Date(at) }));
    const extensions = [new Extension('2.5.29.20', false, derInteger(made.crlNumber))];
    const crl = await issueCrl(authorities[kind], { thisUpdate, nextUpdate, revoked: entries, extensions });
    await writeWhole(path.join(foldersOf(outDir).crl, `${id}.crl`), crl);
  }
  made.crlNextUpdate = nextUpdate.toISOString();
  await saveMade({ outDir, made });
}

function derInteger(value: number): Uint8Array<ArrayBuffer> {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const content = (bytes[0] ?? 0) >= 0x80 ? [0, ...bytes] : [...bytes];
  return new Uint8Array([0x02, content.length, ...content]);
}

async function saveMade({ outDir, made }: Pick<Work, 'outDir' | 'made'>): Promise<void> {
  await writeWhole(foldersOf(outDir).made, `${JSON.stringify(made, null, 2)}\n`, 0o600);
}

if (import.meta.main) {
  const [outDir, peopleFile] = process.argv.slice(2);
  if (outDir === undefined || peopleFile === undefined) {
    process.stderr.write('usage: npm run make-test-ca -- FOLDER PEOPLE.json\n');
    process.exit(2);
  }
  const people = JSON.parse(await fs.readFile(peopleFile, 'utf8')) as TestPerson[];
  const { cards } = await makeTestCa({ outDir, people });
  for (const card of cards) process.stdout.write(`${JSON.stringify(card)}\n`);
}
