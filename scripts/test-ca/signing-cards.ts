import { createHash, webcrypto } from 'node:crypto';
import path from 'node:path';
import type { FourInformation } from '#lib/domain/people/four-information.ts';
import { AUTHORITIES, findOrMakeAuthorities, yearsAround, type Authorities } from './authorities.ts';
import { sealSigningCard } from './card-file.ts';
import { hashOfAuthorities, takeSerial } from './cards.ts';
import { writeCrls } from './crls.ts';
import { foldersOf, readMade, saveMade, writeWhole, type MadeCard } from './folder.ts';
import { issueCertificate, makeKeys, RSA_2048, signingCardExtensions } from './issue.ts';

export interface SigningPerson {
  /** As of the person's card for signing in. */
  readonly id: string;
  readonly holder: string;
  /** 6 to 16 capital letters and digits. */
  readonly password: string;
  readonly fourInformation: FourInformation;
}

const inMade = (id: string): string => `${id}.sign`;

/**
 * Makes `cards/<id>.sign.card.json`: signing certificates with the basic four, in the folder that makeTestCa has made. What is there
 * already is left alone; who has moved, or whose name has changed, gets a new one and the old one is revoked, as at a town hall.
 */
export async function makeSigningCards({
  outDir,
  people,
  now = new Date(),
}: {
  outDir: string;
  people: readonly SigningPerson[];
  now?: Date;
}): Promise<void> {
  const made = await readMade(foldersOf(outDir).made);
  const authorities = await findOrMakeAuthorities(outDir, now);
  const authoritiesSha256 = hashOfAuthorities(authorities);
  for (const person of people) {
    const order = createHash('sha256')
      .update(JSON.stringify([person, authoritiesSha256]))
      .digest('hex');
    const before = made.cards[inMade(person.id)];
    if (before?.order === order) continue;
    if (before)
      made.revoked.push({ anchorId: before.anchorId, serial: before.serial, at: now.toISOString() });
    made.cards[inMade(person.id)] = await makeSigningCard(authorities, person, {
      ...{ outDir, order, now },
      serial: takeSerial(made),
    });
    if (before) made.crlNextUpdate = null;
  }
  await saveMade(outDir, made);
  await writeCrls({ outDir, made, authorities, now });
}

async function makeSigningCard(
  { sign }: Authorities,
  { id, holder, password, fourInformation }: SigningPerson,
  { outDir, order, serial, now }: { outDir: string; order: string; serial: string; now: Date },
): Promise<MadeCard> {
  const profile = AUTHORITIES.sign;
  const keys = await makeKeys(RSA_2048);
  const certificate = await issueCertificate(sign, {
    ...yearsAround(now, { before: 0.5, after: 4 }),
    serial,
    commonName: `KOSHUTEST${serial.toUpperCase()}`,
    publicKey: keys.publicKey,
    extensions: await signingCardExtensions(sign, profile, fourInformation),
  });
  const card = await sealSigningCard(certificate, keys.privateKey, {
    algorithm: 'rsa-sha256',
    holder,
    secret: password,
  });
  await writeWhole(
    path.join(foldersOf(outDir).cards, `${id}.sign.card.json`),
    `${JSON.stringify(card, null, 2)}\n`,
  );
  const spki = Buffer.from(await webcrypto.subtle.exportKey('spki', keys.publicKey));
  return {
    order,
    anchorId: profile.id,
    serial: serial.replace(/^(00)+(?=..)/, ''),
    spkiSha256: createHash('sha256').update(spki).digest('hex'),
    revokedAt: null,
  };
}
