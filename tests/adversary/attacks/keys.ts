import { expect } from 'vitest';
import { forMs, makeScene, type Attack } from '../support/scene.ts';
import { LOOK_MS } from '../support/victim.ts';

const SEGMENT_MS = 6_000;

/** Wants what has not been released. That no reply ever held such a key is counted after every attack of the suite. */
export const KEYS: readonly Attack[] = [
  {
    name: 'Keys of later segments are asked for by saying how many are held: few, many, and numbers that are none',
    happens: 'each key that the credit allows is given again, no other ever',
    async run({ me, first }) {
      const opened = await me.open(first.id);
      expect(opened.grant.keys).toHaveLength(LOOK_MS / SEGMENT_MS);
      const claim = { viewingId: opened.viewingId, fromMs: 0, toMs: 0, state: 'playing' } as const;
      for (const [index, keyCount] of [0, 2, 3, 19, 20, 21, 1e6, Number.MAX_SAFE_INTEGER].entries()) {
        const reply = await me.beat({ ...claim, sequence: index + 1, keyCount });
        expect(reply).toMatchObject({ outcome: 'credited' });
        if (reply.outcome === 'credited' && keyCount > 3) expect(reply.grant.keys).toEqual([]);
      }
      for (const keyCount of [-1, -1e15, 0.5, 1e300, 2 ** 53]) {
        expect(await me.beat({ ...claim, sequence: 9, keyCount })).toMatchObject({ code: 'malformed' });
      }
    },
  },
  {
    name: 'Keys are collected for four seconds while everything is claimed',
    happens: 'as many as credit and look-ahead release by the clock',
    async run({ me, first }) {
      const { viewingId } = await me.open(first.id);
      let creditedMs = 0;
      await forMs(4_000, async (sequence) => {
        const toMs = Math.min(first.durationMs, creditedMs + 100_000);
        ({ creditedMs } = await me.beat({ viewingId, sequence, fromMs: creditedMs, toMs, state: 'playing' }));
      });
      const keys = new Set(
        me.heard.flatMap((text) => [...text.matchAll(/"([A-Za-z0-9+/]{22}==)"/g)].map(([, key]) => key)),
      );
      expect(keys.size).toBeLessThanOrEqual(Math.ceil((creditedMs + LOOK_MS) / SEGMENT_MS));
    },
  },
  {
    name: 'Keys of another chapter and of another lecture',
    happens: 'refused (`chapter_locked`, `not_found`); opening pages tells nothing either',
    async run({ victim, me, first, second }) {
      await me.open(first.id);
      expect(await me.tryOpen(second.id)).toBe('chapter_locked');
      const elsewhere = victim.short.chapters[0]!;
      expect(['not_found', 'chapter_locked']).toContain(await me.tryOpen(elsewhere.id));
      for (const step of ['watch', 'question', 'photo', 'answer']) {
        for (const chapter of [second, elsewhere]) {
          expect((await me.send(`/lecture/${chapter.id}/${step}`)).status).toBe(303);
        }
      }
      for (const name of ['keys', 'key/0', '0.key', 'secret', '..%2f..%2fsecrets', 'index.m3u8?key=1']) {
        expect((await me.send(`/media/${second.videoId}/${name}`)).status).toBe(404);
      }
    },
  },
  {
    name: 'Two people put their keys together',
    happens: 'both get the same keys, those of the further one; keys earn nothing',
    async run({ victim, me, first }) {
      const other = await makeScene(victim);
      const mine = await me.open(first.id);
      const theirs = await other.me.open(first.id);
      expect(theirs.grant).toEqual(mine.grant);
    },
  },
];
