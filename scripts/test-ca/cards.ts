import { createHash, webcrypto } from 'node:crypto';
import path from 'node:path';
import { AUTHORITIES, DAY_MS, KINDS, yearsAround, type Authorities, type Kind } from './authorities.ts';
import { sealCard } from './card-file.ts';
import { foldersOf, saveMade, writeWhole, type Made, type MadeCard } from './folder.ts';
import {
  cardExtensions,
  issueCertificate,
  makeAuthority,
  makeKeys,
  RSA_2048,
  type Authority,
} from './issue.ts';

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
  /** Had another card before, which is revoked. */
  readonly isReissued?: boolean;
  /** Of the signing card that makeSigningCards makes, when there is one. */
  readonly signPassword?: string | null;
}

/** The card that somebody had before the one that he has now. */
export const formerCardOf = (id: string): string => `${id}-former`;

export interface Work {
  readonly outDir: string;
  readonly made: Made;
  readonly authorities: Authorities;
  readonly now: Date;
}

/** Makes the cards that are missing or were ordered differently; what they replace is revoked. */
export async function makeCards({
  people: holders,
  ...work
}: Work & { people: readonly TestPerson[] }): Promise<void> {
  const { made, now, authorities } = work;
  const people = holders.flatMap((person): TestPerson[] =>
    person.isReissued ? [{ ...person, id: formerCardOf(person.id), status: 'revoked' }, person] : [person],
  );
  // Of the order: an authority that had to be made anew makes all cards anew.
  const keysSha256 = hashOfAuthorities(authorities);
  const orders = people.map((person) => ({
    person,
    order: JSON.stringify([person.nameJa, person.pin, person.status, keysSha256]),
  }));
  const missing = orders.filter(({ person, order }) => made.cards[person.id]?.order !== order);
  if (missing.length === 0) return;
  for (const { person } of missing) {
    const before = made.cards[person.id];
    if (before)
      made.revoked.push({ anchorId: before.anchorId, serial: before.serial, at: now.toISOString() });
  }
  // Valid cards first: a foreign one copies the serial number of one of them.
  const genuine = missing.filter(({ person }) => person.status !== 'foreign');
  const foreign = missing.filter(({ person }) => person.status === 'foreign');
  const rogue =
    foreign.length > 0
      ? await makeAuthority(AUTHORITIES.auth.name, yearsAround(now, { before: 1, after: 10 }))
      : null;
  for (const batch of [genuine, foreign]) {
    const serials = batch.map(({ person }) =>
      person.status === 'foreign' ? serialToCopy(people, made) : takeSerial(made),
    );
    const cards = await Promise.all(
      batch.map(({ person, order }, index) =>
        makeCard(work, { person, order, serial: serials[index]!, rogue }),
      ),
    );
    batch.forEach(({ person }, index) => (made.cards[person.id] = cards[index]!));
  }
  made.crlNextUpdate = null;
  await saveMade(work.outDir, made);
}

/** Names the authorities: with others, everything is made anew. */
export function hashOfAuthorities(authorities: Authorities): string {
  const keys = KINDS.map((kind) =>
    Buffer.from(authorities[kind].certificate.publicKey.rawData).toString('base64'),
  );
  return createHash('sha256').update(keys.join()).digest('hex');
}

export function takeSerial(made: Made): string {
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

async function makeCard(
  { outDir, authorities, now }: Work,
  { person, order, serial, rogue }: CardOrder,
): Promise<MadeCard> {
  const kind: Kind = person.status === 'signing' ? 'sign' : 'auth';
  const profile = AUTHORITIES[kind];
  const keys = await makeKeys(RSA_2048);
  const validity =
    person.status === 'expired'
      ? {
          notBefore: yearsAround(now, { before: 5, after: 0 }).notBefore,
          notAfter: new Date(now.getTime() - DAY_MS),
        }
      : yearsAround(now, { before: 0.5, after: 4 });
  // A foreign card names the key of the genuine authority: only the signature gives it away.
  const certificate = await issueCertificate((person.status === 'foreign' && rogue) || authorities[kind], {
    ...validity,
    serial,
    commonName: `KOSHUTEST${serial.toUpperCase()}`,
    publicKey: keys.publicKey,
    extensions: await cardExtensions(authorities[kind], profile),
  });
  const sealing = { algorithm: 'rsa-sha256', holder: person.nameJa, secret: person.pin } as const;
  const card = await sealCard(certificate, keys.privateKey, sealing);
  await writeWhole(
    path.join(foldersOf(outDir).cards, `${person.id}.card.json`),
    `${JSON.stringify(card, null, 2)}\n`,
  );
  const spki = Buffer.from(await webcrypto.subtle.exportKey('spki', keys.publicKey));
  return {
    order,
    anchorId: profile.id,
    serial: serial.replace(/^(00)+(?=..)/, ''),
    spkiSha256: createHash('sha256').update(spki).digest('hex'),
    revokedAt: person.status === 'revoked' ? now.toISOString() : null,
  };
}

/** Writes `people.json`, from which the sign-in page of a demo offers the cards. */
export async function writePeople(folder: string, people: readonly TestPerson[]): Promise<void> {
  const listed = people.map(({ id, nameJa, nameEn = nameJa, storyJa = '', storyEn = '', ...secrets }) => ({
    ...{ id, nameJa, nameEn, storyJa, storyEn },
    ...{ pin: secrets.pin, signPassword: secrets.signPassword ?? null },
  }));
  await writeWhole(path.join(folder, 'people.json'), `${JSON.stringify(listed, null, 2)}\n`);
}
