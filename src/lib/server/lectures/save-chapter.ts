import { z } from 'zod';
import { findCaptionsFault } from '#lib/domain/lectures/captions.ts';
import { FIRST_LANGUAGE, LANGUAGE_CODES, type LanguageCode } from '#lib/domain/lectures/languages.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { getReadyVideo } from '../videos/get-ready-video.ts';
import { upsertVersion } from './chapter.queries.ts';
import { countChange } from './edition.queries.ts';
import { assertDeclared, lockChapter, SeenChapter } from './lock-chapter.ts';
import { writtenText } from './written-text.ts';

/** A chapter in one language. All of it may still be missing (empty or null): only publishing asks for it. */
export const SaveChapter = SeenChapter.extend({
  language: z.enum(LANGUAGE_CODES),
  title: writtenText(LIMITS.lectureTitleMaxLength),
  /** The language's own; null: none yet, in other languages than Japanese the Japanese version's. */
  videoId: z.uuid().nullable(),
  /** WebVTT. */
  captions: z.string().nullable(),
});

function assertCaptions(language: LanguageCode, captions: string | null, durationMs: number | null): void {
  if (captions === null) return;
  if (Buffer.byteLength(captions) > LIMITS.captionsMaxBytes)
    throw new Refusal('captions_too_large', { language });
  const fault = findCaptionsFault(captions, durationMs);
  if (fault) throw new Refusal('captions_invalid', { language, ...fault });
}

/**
 * Writes one language of a chapter as it now is. Answers the draft's new version. Refused as `lockChapter` says, and: `language_not_declared`,
 * `not_found` and `video_not_ready` (the video), `captions_too_large`, `captions_invalid` with language, line and kind.
 */
export async function saveChapter(
  app: App,
  administrator: Administrator,
  input: z.output<typeof SaveChapter>,
): Promise<number> {
  const { editionId, chapterId, language, title, videoId, captions } = input;
  return app.db.transaction().execute(async (trx) => {
    const { chapter, languages } = await lockChapter(trx, administrator, input);
    assertDeclared(languages, [language]);
    const own = videoId === null ? null : await getReadyVideo(trx, administrator, videoId);
    const japaneseMs = language === FIRST_LANGUAGE ? null : (chapter.versions.ja?.durationMs ?? null);
    assertCaptions(language, captions, own ? own.durationMs : japaneseMs);
    await upsertVersion(trx, { chapterId, language, title, videoId, captionsVtt: captions });
    await appendAudit(trx, administrator, {
      what: 'chapter.saved',
      subject: { kind: 'chapter', id: chapterId },
      detail: { editionId, position: chapter.position, language },
    });
    return countChange(trx, editionId);
  });
}
