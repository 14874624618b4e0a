import { z } from 'zod';
import { hasBeenPublished, type EditionState } from '#lib/domain/lectures/edition-states.ts';
import { LANGUAGE_CODES } from '#lib/domain/lectures/languages.ts';
import type { Administrator, Learner } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { findCaptions } from './chapter.queries.ts';

export const GetCaptions = z.object({
  chapterId: z.uuid(),
  language: z.enum(LANGUAGE_CODES),
  kind: z.enum(['captions', 'descriptions']).optional(),
});

/**
 * A chapter's captions, or what is only to be seen in it, in words (WebVTT). `isFinal`: of an edition that has been published, so they never change. A learner hears of none
 * that has not been, an administrator of none of another commission. Refused: `not_found`.
 */
export async function getCaptions(
  app: App,
  actor: Learner | Administrator,
  { chapterId, language, kind = 'captions' }: z.output<typeof GetCaptions>,
): Promise<{ text: string; isFinal: boolean }> {
  const found = await findCaptions(app.db, chapterId, language);
  const isFinal = found !== undefined && hasBeenPublished(found.state as EditionState);
  const isOwn = actor.kind === 'administrator' && actor.commissionCode === found?.commissionCode;
  const text = found?.[kind] ?? null;
  if (text === null || !(isFinal || isOwn)) throw new Refusal('not_found');
  return { text, isFinal };
}
