import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { checkUploadSpace } from './check-upload-space.ts';

/** What is said about a file before it is sent; `bytes` is its size. */
export const UploadAnnouncement = z.object({
  title: z.string().trim().min(1).max(LIMITS.videoTitleMaxLength),
  fileName: z.string().trim().min(1).max(LIMITS.fileNameMaxLength),
  bytes: z.number().int().nonnegative(),
  /** When the file was last changed, in milliseconds since 1970; with name and size it says whether a file is the same. */
  fileModifiedMs: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).catch(0),
});

/** What the upload carries until its end. Only its owner may go on with it. */
export interface UploadTicket {
  readonly title: string;
  readonly fileName: string;
  readonly fileModifiedMs: number;
  readonly owner: string;
}

/**
 * Decides whether a file may be sent. Refused: `malformed` (no title, no size), `upload_empty`, `upload_too_large`, `upload_no_space`.
 * What is in the file is looked at when all of it is there.
 */
export async function startUpload(
  app: App,
  actor: Administrator,
  announcement: unknown,
): Promise<UploadTicket> {
  const parsed = UploadAnnouncement.safeParse(announcement);
  if (!parsed.success)
    throw new Refusal('malformed', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
  const { bytes, ...ticket } = parsed.data;
  if (bytes === 0) throw new Refusal('upload_empty');
  if (bytes > LIMITS.uploadMaxBytes) throw new Refusal('upload_too_large');
  await checkUploadSpace(app, bytes);
  return { ...ticket, owner: actor.officerId };
}
