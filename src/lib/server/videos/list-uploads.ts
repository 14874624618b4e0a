import type { Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { listUploadsOf } from './upload.queries.ts';
import { receivedBytes } from './upload-place.ts';

const MAX_LISTED = 50;

/** An upload that has begun and can go on where it stopped, with the same file. */
export interface UnfinishedUpload {
  readonly id: string;
  readonly title: string;
  readonly fileName: string;
  readonly bytes: number;
  /** Which file it was: with the name and the size, when it was last changed (milliseconds since 1970). */
  readonly fileModifiedMs: number;
  readonly receivedBytes: number;
  /** Until when it is kept if no part comes. */
  readonly keptUntil: Date;
}

/** The unfinished uploads of this administrator, the latest first. */
export async function listUploads(app: App, actor: Administrator): Promise<UnfinishedUpload[]> {
  const rows = await listUploadsOf(app.db, actor.officerId, MAX_LISTED);
  return Promise.all(
    rows.map(async ({ officerId: _, touchedAt, ...upload }) => ({
      ...upload,
      receivedBytes: await receivedBytes(app, upload.id),
      keptUntil: new Date(touchedAt.getTime() + app.config.uploadKeepMs),
    })),
  );
}
