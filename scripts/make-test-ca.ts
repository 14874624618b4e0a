/**
 * Makes a test certificate authority, its revocation lists, and a PIN-sealed card file for each named person. Everything that it made before
 * is used again. `npm run make-test-ca -- FOLDER PEOPLE.json`, or imported.
 */
import { promises as fs } from 'node:fs';
import { findOrMakeAuthorities } from './test-ca/authorities.ts';
import { formerCardOf, makeCards, writePeople, type TestPerson } from './test-ca/cards.ts';
import { writeCrls } from './test-ca/crls.ts';
import { foldersOf, readMade } from './test-ca/folder.ts';

/** What linkCredential needs to know of a card. */
export interface TestCard extends CardFacts {
  readonly id: string;
  /** Of a card that was issued anew: the one before. */
  readonly former?: CardFacts;
}

interface CardFacts {
  readonly anchorId: string;
  readonly serial: string;
  /** Hexadecimal. */
  readonly spkiSha256: string;
}

export interface TestCa {
  readonly outDir: string;
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
  for (const folder of [folders.trust, folders.crl, folders.cards])
    await fs.mkdir(folder, { recursive: true });
  await fs.mkdir(folders.private, { recursive: true, mode: 0o700 });
  const made = await readMade(folders.made);
  const authorities = await findOrMakeAuthorities(outDir, now);
  await makeCards({ outDir, people, now, made, authorities });
  await writePeople(folders.cards, people);
  await writeCrls({ outDir, made, authorities, now });
  const factsOf = (id: string): CardFacts => {
    const { anchorId, serial, spkiSha256 } = made.cards[id]!;
    return { anchorId, serial, spkiSha256 };
  };
  const cards = people.map(({ id, isReissued }) => ({
    ...{ id, ...factsOf(id) },
    ...(isReissued && { former: factsOf(formerCardOf(id)) }),
  }));
  return { outDir, trustDir: folders.trust, crlDir: folders.crl, cardsDir: folders.cards, cards };
}

/** Issues the revocation lists anew when less than a week is left of them. Says whether it did. */
export async function refreshCrl({
  outDir,
  now = new Date(),
}: {
  outDir: string;
  now?: Date;
}): Promise<boolean> {
  const made = await readMade(foldersOf(outDir).made);
  const authorities = await findOrMakeAuthorities(outDir, now);
  return writeCrls({ outDir, made, authorities, now });
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
