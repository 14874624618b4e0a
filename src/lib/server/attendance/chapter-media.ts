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
  /** The keys that somebody has been given, in base64, by segment. */
  readonly keys: string[];
}

const NO_KEYS: readonly string[] = [];

/** Answers which keys of a chapter may be handed out. What it remembers of a published chapter never changes. */
export interface KeyRelease {
  grant(chapterId: string, releasedMs: number, keyCount: number): KeyGrant | Promise<KeyGrant>;
}

export function createKeyRelease(app: Pick<App, 'db' | 'config'>): KeyRelease {
  const remembered = new Map<string, ChapterMedia>();

  async function load(chapterId: string): Promise<ChapterMedia> {
    const row = await findChapterMedia(app.db, chapterId);
    if (!row?.wrappedSecret || !row.segmentStartsMs || row.wrappingKeyId === null)
      throw new Refusal('video_not_ready');
    const masterSecret = unwrapSecret(app.config.wrappingKey, row.wrappedSecret, row.wrappingKeyId);
    const media = { videoId: row.videoId, segmentStartsMs: row.segmentStartsMs, masterSecret, keys: [] };
    const oldest = remembered.keys().next();
    if (remembered.size >= MAX_REMEMBERED && !oldest.done) remembered.delete(oldest.value);
    remembered.set(chapterId, media);
    return media;
  }

  function grantOf(media: ChapterMedia, releasedMs: number, keyCount: number): KeyGrant {
    const released = releasedSegmentCount(media.segmentStartsMs, releasedMs);
    if (keyCount >= released) return { fromIndex: keyCount, keys: NO_KEYS };
    for (let index = keyCount; index < released; index += 1) {
      media.keys[index] ??= segmentKey(media.masterSecret, media.videoId, index).toString('base64');
    }
    return { fromIndex: keyCount, keys: media.keys.slice(keyCount, released) };
  }

  return {
    grant(chapterId, releasedMs, keyCount) {
      const media = remembered.get(chapterId);
      if (media) return grantOf(media, releasedMs, keyCount);
      return load(chapterId).then((loaded) => grantOf(loaded, releasedMs, keyCount));
    },
  };
}
