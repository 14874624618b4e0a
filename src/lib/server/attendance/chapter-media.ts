import { Refusal } from '#lib/domain/refusal.ts';
import type { KeyGrant } from '#lib/domain/attendance/protocol.ts';
import { releasedSegmentCount } from '#lib/domain/lectures/segments.ts';
import type { App } from '../app.ts';
import { segmentKey } from '../media/segment-key.ts';
import { unwrapSecret } from '../media/video-secret.ts';
import { findChapterMedia } from './attendance.queries.ts';

const MAX_REMEMBERED = 500;

interface ChapterMedia {
  readonly videoId: string;
  readonly segmentStartsMs: readonly number[];
  readonly masterSecret: Buffer;
}

/** Answers which keys of a chapter may be handed out. What it remembers of a published chapter never changes. */
export interface KeyRelease {
  grant(chapterId: string, releasedMs: number, keyCount: number): Promise<KeyGrant>;
}

export function createKeyRelease(app: Pick<App, 'db' | 'config'>): KeyRelease {
  const remembered = new Map<string, ChapterMedia>();

  async function load(chapterId: string): Promise<ChapterMedia> {
    const row = await findChapterMedia(app.db, chapterId);
    if (!row?.wrappedSecret || !row.segmentStartsMs || row.wrappingKeyId === null)
      throw new Refusal('video_not_ready');
    const masterSecret = unwrapSecret(app.config.wrappingKey, row.wrappedSecret, row.wrappingKeyId);
    const media = { videoId: row.videoId, segmentStartsMs: row.segmentStartsMs, masterSecret };
    const oldest = remembered.keys().next();
    if (remembered.size >= MAX_REMEMBERED && !oldest.done) remembered.delete(oldest.value);
    remembered.set(chapterId, media);
    return media;
  }

  return {
    async grant(chapterId, releasedMs, keyCount) {
      const media = remembered.get(chapterId) ?? (await load(chapterId));
      const released = releasedSegmentCount(media.segmentStartsMs, releasedMs);
      const keys: string[] = [];
      for (let index = keyCount; index < released; index += 1) {
        keys.push(segmentKey(media.masterSecret, media.videoId, index).toString('base64'));
      }
      return { fromIndex: keyCount, keys };
    },
  };
}
