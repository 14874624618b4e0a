import { promises as fs } from 'node:fs';
import path from 'node:path';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Config } from '../../config.ts';

const PERSON_ID = /^[a-z0-9-]{1,40}$/;

/**
 * A test card as PKCS#12, to be installed where a card in a reader would show its certificate; the password is the PIN. Refused with not_found
 * where no cards are handed out, or none has this id.
 */
export async function readInstallableTestCard(
  { testCardsDir }: Pick<Config, 'testCardsDir'>,
  id: string,
): Promise<Buffer> {
  if (testCardsDir === null || !PERSON_ID.test(id)) throw new Refusal('not_found');
  try {
    return await fs.readFile(path.join(testCardsDir, `${id}.p12`));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new Refusal('not_found');
    throw error;
  }
}
