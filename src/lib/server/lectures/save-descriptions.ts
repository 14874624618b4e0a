import { z } from 'zod';
import { findCaptionsFault } from '#lib/domain/lectures/captions.ts';
import { FIRST_LANGUAGE, LANGUAGE_CODES } from '#lib/domain/lectures/languages.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { markDescriptions } from './chapter.queries.ts';
import { countChange } from './edition.queries.ts';
import { lockChapter, SeenChapter } from './lock-chapter.ts';

export const SaveDescriptions = SeenChapter.extend({
  language: z.enum(LANGUAGE_CODES),
  /** WebVTT; null takes them away. */
  descriptions: z.string().nullable(),
});

/**
 * Writes what is only to be seen in a chapter's video, in words, in one language that the chapter has been saved in. Answers the draft's new
 * version. Refused as `lockChapter` says, and: `not_found` (the language), `captions_too_large`, `captions_invalid` as captions are.
 */
export async function saveDescriptions(
  app: App,
  administrator: Administrator,
  input: z.output<typeof SaveDescriptions>,
): Promise<number> {
  const { editionId, chapterId, language, descriptions } = input;
  return app.db.transaction().execute(async (trx) => {
    const { chapter } = await lockChapter(trx, administrator, input);
    const version = chapter.versions[language];
    if (!version) throw new Refusal('not_found');
    if (descriptions !== null) {
      if (Buffer.byteLength(descriptions) > LIMITS.captionsMaxBytes)
        throw new Refusal('captions_too_large', { language });
      const durationMs = version.durationMs ?? chapter.versions[FIRST_LANGUAGE]?.durationMs ?? null;
      const fault = findCaptionsFault(descriptions, durationMs);
      if (fault) throw new Refusal('captions_invalid', { language, ...fault });
    }
    await markDescriptions(trx, chapterId, language, descriptions);
    await appendAudit(trx, administrator, {
      what: 'chapter.saved',
      subject: { kind: 'chapter', id: chapterId },
      detail: { editionId, position: chapter.position, language },
    });
    return countChange(trx, editionId);
  });
}
