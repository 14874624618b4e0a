import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { forMs, type Attack } from '../support/scene.ts';
import { LEASE_TTL_MS } from '../support/victim.ts';

/** Claims to have watched more than could be. */
export const CLAIMS: readonly Attack[] = [
  {
    name: 'The first heartbeat claims the whole chapter',
    happens: 'earns the milliseconds since the viewing was opened',
    async run({ me, first }) {
      const { viewingId, durationMs } = await me.open(first.id);
      const reply = await me.beat({ viewingId, sequence: 1, fromMs: 0, toMs: durationMs, state: 'ended' });
      expect(reply).toMatchObject({ outcome: 'credited', uncounted: { reason: 'beyond_released' } });
    },
  },
  {
    name: 'A burst of a hundred heartbeats in the same moment, each claiming ten seconds more',
    happens: 'earns the milliseconds that the burst took',
    async run({ me, first }) {
      const { viewingId } = await me.open(first.id);
      const beats = Array.from({ length: 100 }, (_, index) =>
        me.beat({
          viewingId,
          sequence: index + 1,
          fromMs: index * 500,
          toMs: index * 500 + 10_000,
          state: 'playing',
        }),
      );
      const replies = await Promise.all(beats);
      expect(replies.some(({ outcome }) => outcome === 'credited')).toBe(true);
    },
  },
  {
    name: 'Heartbeats as fast as the line carries them, each claiming all that is released',
    happens: 'earns the seconds that it lasts, as one heartbeat would',
    async run({ me, first }) {
      const { viewingId } = await me.open(first.id);
      let creditedMs = 0;
      await forMs(4_000, async (sequence) => {
        const toMs = creditedMs + 10_000;
        ({ creditedMs } = await me.beat({ viewingId, sequence, fromMs: creditedMs, toMs, state: 'playing' }));
      });
      expect(creditedMs).toBeGreaterThan(3_000);
    },
  },
  {
    name: 'A player at sixteen times the speed that reports like an honest one',
    happens: 'earns one second a second; the rest is told as not counted',
    async run({ me, first }) {
      const { viewingId } = await me.open(first.id);
      let positionMs = 0;
      const reasons: (string | undefined)[] = [];
      await forMs(5_000, async (sequence) => {
        await wait(1_000);
        const toMs = Math.min(first.durationMs, positionMs + 16_000);
        const reply = await me.beat({ viewingId, sequence, fromMs: positionMs, toMs, state: 'playing' });
        if (reply.outcome === 'credited') reasons.push(reply.uncounted?.reason);
        positionMs = toMs;
      });
      expect(reasons).toContain('beyond_released');
      expect(reasons).toContain('not_contiguous');
    },
  },
  {
    name: 'Runs are claimed while the state says paused or hidden',
    happens: 'earns no more than the clock; pausing is no way to be faster',
    async run({ me, first }) {
      const { viewingId } = await me.open(first.id);
      let creditedMs = 0;
      await forMs(3_000, async (sequence) => {
        await wait(200);
        const state = sequence % 2 ? 'paused' : 'hidden';
        const toMs = creditedMs + 10_000;
        ({ creditedMs } = await me.beat({ viewingId, sequence, fromMs: creditedMs, toMs, state }));
      });
    },
  },
  {
    name: 'A pause of three seconds is claimed as watched when it is over',
    happens: 'earns the time since the last heartbeat of the pause',
    async run({ me, first }) {
      const { viewingId } = await me.open(first.id);
      let sequence = 0;
      await forMs(3_000, async () => {
        await wait(500);
        await me.beat({ viewingId, sequence: (sequence += 1), fromMs: 0, toMs: 0, state: 'paused' });
      });
      sequence += 1;
      const reply = await me.beat({ viewingId, sequence, fromMs: 0, toMs: 3_000, state: 'playing' });
      expect(reply.creditedMs).toBeLessThan(2_000);
    },
  },
  {
    name: 'Silence for longer than a viewing lives, and then a claim of all of it',
    happens: 'earns nothing: the viewing ended at its last heartbeat (`viewing_expired`)',
    async run({ me, first }) {
      const { viewingId } = await me.open(first.id);
      await wait(LEASE_TTL_MS + 500);
      const reply = await me.beat({
        viewingId,
        sequence: 1,
        fromMs: 0,
        toMs: LEASE_TTL_MS,
        state: 'playing',
      });
      expect(reply).toEqual({ outcome: 'refused', code: 'viewing_expired', creditedMs: 0 });
    },
  },
  {
    name: 'Only the last seconds of the chapter are claimed, or only its middle',
    happens: 'earns nothing: credit is counted on from 0 without a gap (`not_contiguous`)',
    async run({ me, first: { id, durationMs } }) {
      const { viewingId } = await me.open(id);
      for (const [index, fromMs] of [durationMs - 5_000, durationMs / 2, 1_501].entries()) {
        await wait(300);
        const beat = {
          viewingId,
          sequence: index + 1,
          fromMs,
          toMs: fromMs + 5_000,
          state: 'ended',
        } as const;
        expect(await me.beat(beat)).toMatchObject({ creditedMs: 0, uncounted: { reason: 'not_contiguous' } });
      }
    },
  },
  {
    name: 'Every heartbeat leaves out the second and a half that a seam may have',
    happens: 'earns no more than the clock: what is left out is not gained',
    async run({ me, first }) {
      const { viewingId } = await me.open(first.id);
      let positionMs = 0;
      await forMs(3_000, async (sequence) => {
        const fromMs = positionMs + 1_500;
        const reply = await me.beat({ viewingId, sequence, fromMs, toMs: fromMs + 1, state: 'playing' });
        positionMs = Math.max(fromMs + 1, reply.creditedMs);
      });
    },
  },
];
