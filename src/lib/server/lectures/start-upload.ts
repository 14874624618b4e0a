import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';

/** What a browser says about a file before it sends it; `bytes` is its size. */
export const UploadAnnouncement = z.object({
  title: z.string().trim().min(1).max(LIMITS.videoTitleMaxLength),
  fileName: z.string().trim().min(1).max(LIMITS.fileNameMaxLength),
  bytes: z.number().int().nonnegative(),
});

/** What the upload carries until its end. Only its owner may go on with it. */
export interface UploadTicket {
  readonly title: string;
  readonly fileName: string;
  readonly owner: string;
}

/**
 * Decides whether a file may be sent. Refused: `malformed` (no title, no size), `upload_empty`, `upload_too_large`. What is
 * in the file is looked at when all of it is there.
 */
export function startUpload(actor: Administrator, announcement: unknown): UploadTicket {
  const parsed = UploadAnnouncement.safeParse(announcement);
  if (!parsed.success)
    throw new Refusal('malformed', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
  const { title, fileName, bytes } = parsed.data;
  if (bytes === 0) throw new Refusal('upload_empty');
  if (bytes > LIMITS.uploadMaxBytes) throw new Refusal('upload_too_large');
  return { title, fileName, owner: actor.officerId };
}
