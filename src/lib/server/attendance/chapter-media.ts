import { Refusal } from '#lib/domain/refusal.ts';
import type { KeyGrant } from '#lib/domain/attendance/protocol.ts';
import { releasedSegmentCount } from '#lib/domain/videos/segments.ts';
import type { App } from '../app.ts';
import { segmentKey } from '../media/segment-key.ts';
import { unwrapSecret, wrappingKeysOf } from '../media/video-secret.ts';
import { findVideoMedia } from './attendance.queries.ts';

const MAX_REMEMBERED = 500;

interface VideoKeys {
  readonly segmentStartsMs: readonly number[];
  readonly masterSecret: Buffer;
  /** The keys that somebody has been given, in base64, by segment. */
  readonly keys: string[];
}

const NO_KEYS: readonly string[] = [];

/** Answers which keys of a video may be handed out. What it remembers of a video that is ready never changes. */
export interface KeyRelease {
  grant(videoId: string, releasedMs: number, keyCount: number): KeyGrant | Promise<KeyGrant>;
}

export function createKeyRelease(app: Pick<App, 'db' | 'config'>): KeyRelease {
  const remembered = new Map<string, VideoKeys>();

  async function load(videoId: string): Promise<VideoKeys> {
    const row = await findVideoMedia(app.db, videoId);
    if (!row?.wrappedSecret || !row.segmentStartsMs || row.wrappingKeyId === null)
      throw new Refusal('video_not_ready');
    const masterSecret = unwrapSecret(wrappingKeysOf(app.config), row.wrappedSecret, row.wrappingKeyId);
    const media = { segmentStartsMs: row.segmentStartsMs, masterSecret, keys: [] };
    const oldest = remembered.keys().next();
    if (remembered.size >= MAX_REMEMBERED && !oldest.done) remembered.delete(oldest.value);
    remembered.set(videoId, media);
    return media;
  }

  function grantOf(videoId: string, media: VideoKeys, releasedMs: number, keyCount: number): KeyGrant {
    const released = releasedSegmentCount(media.segmentStartsMs, releasedMs);
    if (keyCount >= released) return { fromIndex: keyCount, keys: NO_KEYS };
    for (let index = keyCount; index < released; index += 1) {
      media.keys[index] ??= segmentKey(media.masterSecret, videoId, index).toString('base64');
    }
    return { fromIndex: keyCount, keys: media.keys.slice(keyCount, released) };
  }

  return {
    grant(videoId, releasedMs, keyCount) {
      const media = remembered.get(videoId);
      if (media) return grantOf(videoId, media, releasedMs, keyCount);
      return load(videoId).then((loaded) => grantOf(videoId, loaded, releasedMs, keyCount));
    },
  };
}
