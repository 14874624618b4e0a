import type { z } from 'zod';
import type { KeyGrant } from '#lib/domain/attendance/protocol.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { listChapters } from './chapter.queries.ts';
import { findEdition } from './edition.queries.ts';
import { chapterIn, PreviewedChapter } from './get-preview.ts';
import { assertOwn } from './lock-draft.ts';

export const OpenPreview = PreviewedChapter;

/**
 * The keys of a whole chapter, for an administrator of its commission who looks at it before learners do: 16 bytes each in base64, from
 * segment 0. Written down, since they open everything; nobody is credited. Refused: `not_found`, `not_allowed`, `video_not_ready`.
 */
export async function openPreview(
  app: App,
  administrator: Administrator,
  { editionId, chapterId, language }: z.output<typeof OpenPreview>,
): Promise<{ readonly durationMs: number; readonly grant: KeyGrant }> {
  assertOwn(await findEdition(app.db, editionId), administrator);
  const found = (await listChapters(app.db, editionId)).find(({ id }) => id === chapterId);
  if (!found) throw new Refusal('not_found');
  const { videoId, durationMs, position } = chapterIn(found, language);
  if (videoId === null || durationMs === null) throw new Refusal('video_not_ready');
  const grant = await app.keyRelease.grant(videoId, durationMs, 0);
  await appendAudit(app.db, administrator, {
    what: 'preview.opened',
    subject: { kind: 'chapter', id: chapterId },
    detail: { editionId, position, language },
  });
  return { durationMs, grant };
}
