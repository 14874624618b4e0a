import { segmentKey } from '#lib/server/media/segment-key.ts';
import type { PublishedLecture } from '../../support/published-lecture.ts';
import type { Standing } from './measure.ts';
import type { Scene } from './scene.ts';
import { LOOK_MS, type Victim } from './victim.ts';

const SEGMENT_MS = 6_000;

/** Every way in which a key could be written into a reply. */
function spellings(lecture: PublishedLecture, videoId: string, index: number): string[] {
  const key = segmentKey(lecture.masterSecret, videoId, index);
  const base64 = key.toString('base64');
  return [
    base64,
    base64.replaceAll('/', String.raw`\/`),
    key.toString('base64url'),
    key.toString('hex'),
    key.toString('latin1'),
  ];
}

/**
 * Keys that this script was given at any time, in any reply, and that its credit at the end does not release: of later
 * segments, of chapters that are not open yet, of other lectures. Also any master secret.
 */
export function forbiddenKeys(victim: Victim, { me, lecture }: Scene, { chapters }: Standing): string[] {
  const heard = me.heard.join('\n');
  const found: string[] = [];
  for (const published of [victim.long, victim.short]) {
    if (heard.includes(published.masterSecret.toString('base64'))) found.push('a master secret');
    published.chapters.forEach(({ id, videoId, durationMs }, position) => {
      const creditedMs = chapters.find(({ chapterId }) => chapterId === id)?.creditedMs ?? 0;
      const before = chapters[position - 1];
      const isOpen = published === lecture && (!before || before.creditedMs === before.durationMs);
      const releasedMs = isOpen ? creditedMs + LOOK_MS : 0;
      for (let index = 0; index * SEGMENT_MS < durationMs; index += 1) {
        if (index * SEGMENT_MS < releasedMs) continue;
        if (spellings(published, videoId, index).some((text) => heard.includes(text))) {
          found.push(`chapter ${position + 1}, segment ${index}`);
        }
      }
    });
  }
  return found;
}
