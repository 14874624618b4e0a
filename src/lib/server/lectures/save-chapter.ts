import { z } from 'zod';
import { findCaptionsFault } from '#lib/domain/lectures/captions.ts';
import { MAX_CHAPTERS, MAX_CHOICES } from '#lib/domain/lectures/edition.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { DB, Transaction } from '../db/database.ts';
import { insertChapter, listChapters, replaceQuestion, updateChapter } from './chapter.queries.ts';
import { countChange } from './edition.queries.ts';
import { lockDraft, SeenDraft } from './lock-draft.ts';
import { findVideoSummary } from './video.queries.ts';
import { writtenText } from './written-text.ts';

const text = writtenText(LIMITS.textMaxLength);

const Question = z.object({
  textJa: text,
  textEn: text,
  explanationJa: text,
  explanationEn: text,
  choices: z
    .array(z.object({ textJa: text, textEn: text, isRight: z.boolean() }))
    .max(MAX_CHOICES)
    .refine((choices) => choices.filter(({ isRight }) => isRight).length <= 1),
});

/** Everything but the place may still be missing (empty or null): only publishing asks for all of it. */
export const SaveChapter = SeenDraft.extend({
  /** null: a new chapter, after the others. */
  chapterId: z.uuid().nullable(),
  titleJa: writtenText(LIMITS.lectureTitleMaxLength),
  titleEn: writtenText(LIMITS.lectureTitleMaxLength),
  videoId: z.uuid().nullable(),
  /** WebVTT. */
  captionsJa: z.string().nullable(),
  captionsEn: z.string().nullable(),
  question: Question.nullable(),
});

type ChapterInput = z.output<typeof SaveChapter>;

function assertCaptions(language: 'ja' | 'en', captions: string | null, durationMs: number | null): void {
  if (captions === null) return;
  if (Buffer.byteLength(captions) > LIMITS.captionsMaxBytes)
    throw new Refusal('captions_too_large', { language });
  const fault = findCaptionsFault(captions, durationMs);
  if (fault) throw new Refusal('captions_invalid', { language, ...fault });
}

/** The length of the chosen video; only a ready one of the administrator's own commission may be chosen. */
async function getVideoDuration(trx: Transaction<DB>, administrator: Administrator, videoId: string | null) {
  if (videoId === null) return null;
  const video = await findVideoSummary(trx, administrator.commissionCode, videoId);
  if (!video) throw new Refusal('not_found');
  if (video.state !== 'ready') throw new Refusal('video_not_ready');
  return video.durationMs;
}

async function placeChapter(trx: Transaction<DB>, input: ChapterInput) {
  const { editionId, titleJa, titleEn, videoId, captionsJa: captionsVtt, captionsEn: captionsEnVtt } = input;
  const content = { titleJa, titleEn, videoId, captionsVtt, captionsEnVtt };
  const chapters = await listChapters(trx, editionId);
  if (input.chapterId === null) {
    if (chapters.length >= MAX_CHAPTERS) throw new Refusal('malformed', { field: 'chapters' });
    const position = chapters.length + 1;
    return { position, id: await insertChapter(trx, { ...content, editionId, position }) };
  }
  const chapter = chapters.find(({ id }) => id === input.chapterId);
  if (!chapter) throw new Refusal('not_found');
  await updateChapter(trx, chapter.id, content);
  return chapter;
}

/**
 * Writes a chapter of a draft as it now is. Answers its id and the draft's new version. Refused as `lockDraft` says, and:
 * `not_found` (chapter or video), `video_not_ready`, `captions_too_large`, `captions_invalid` with language, line and kind.
 */
export async function saveChapter(
  app: App,
  administrator: Administrator,
  input: ChapterInput,
): Promise<{ chapterId: string; version: number }> {
  return app.db.transaction().execute(async (trx) => {
    await lockDraft(trx, administrator, input);
    const durationMs = await getVideoDuration(trx, administrator, input.videoId);
    assertCaptions('ja', input.captionsJa, durationMs);
    assertCaptions('en', input.captionsEn, durationMs);
    const { id, position } = await placeChapter(trx, input);
    await replaceQuestion(trx, id, input.question);
    const { editionId } = input;
    const subject = { kind: 'chapter', id };
    await appendAudit(trx, administrator, {
      what: 'chapter.saved',
      subject,
      detail: { editionId, position },
    });
    return { chapterId: id, version: await countChange(trx, editionId) };
  });
}
