import { promises as fs } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Config } from '../config.ts';

const PersonId = z.string().regex(/^[a-z0-9-]{1,40}$/);

const TestPerson = z.object({
  id: PersonId,
  nameJa: z.string(),
  nameEn: z.string(),
  storyJa: z.string(),
  storyEn: z.string(),
  pin: z.string().regex(/^\d{4}$/),
  /** Of the person's signing card; null where none was made. */
  signPassword: z.string().nullable(),
});
export type TestPerson = z.infer<typeof TestPerson>;

/** The named people whose cards a demo hands out, with their PINs; nobody where no cards are handed out. */
export async function listTestPeople({ testCardsDir }: Config): Promise<TestPerson[]> {
  if (testCardsDir === null) return [];
  const text = await fs.readFile(path.join(testCardsDir, 'people.json'), 'utf8');
  return z.array(TestPerson).parse(JSON.parse(text));
}

/**
 * One card file of the demo (JSON): for signing in, or for signing documents. Refused with not_found where no cards are handed out, or none
 * has this id.
 */
export async function readTestCard(
  { testCardsDir }: Config,
  id: string,
  use: 'auth' | 'sign' = 'auth',
): Promise<string> {
  if (testCardsDir === null || !PersonId.safeParse(id).success) throw new Refusal('not_found');
  try {
    return await fs.readFile(
      path.join(testCardsDir, use === 'sign' ? `${id}.sign.card.json` : `${id}.card.json`),
      'utf8',
    );
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new Refusal('not_found');
    throw error;
  }
}
