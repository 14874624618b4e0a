import { z } from 'zod';
import { orderLanguages, type LanguageCode } from '#lib/domain/lectures/languages.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { DB, Transaction } from '../db/database.ts';
import { listChapters } from './chapter.queries.ts';
import { lockDraft, SeenDraft } from './lock-draft.ts';

/** A chapter of a draft as the administrator saw it. */
export const SeenChapter = SeenDraft.extend({ chapterId: z.uuid() });

/**
 * Takes a draft in hand to change the content of one of its chapters. Refused as `lockDraft` says; `not_found`; `chapter_taken_over`: what was
 * taken over from the national library is the same wherever it is shown.
 */
export async function lockChapter(
  trx: Transaction<DB>,
  administrator: Administrator,
  seen: z.output<typeof SeenChapter>,
) {
  const edition = await lockDraft(trx, administrator, seen);
  const chapter = (await listChapters(trx, seen.editionId)).find(({ id }) => id === seen.chapterId);
  if (!chapter) throw new Refusal('not_found');
  if (chapter.originChapterId !== null) throw new Refusal('chapter_taken_over');
  return { edition, chapter, languages: orderLanguages(edition.languages) };
}

/** Refused as `language_not_declared` when one is not among the languages of the edition. */
export function assertDeclared(languages: readonly LanguageCode[], used: readonly string[]): void {
  const unknown = used.find((code) => !languages.some((language) => language === code));
  if (unknown !== undefined) throw new Refusal('language_not_declared', { language: unknown });
}
