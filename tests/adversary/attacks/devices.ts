import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { forMs, type Attack } from '../support/scene.ts';
import { Stranger } from '../support/stranger.ts';

/** More players than one. */
export const DEVICES: readonly Attack[] = [
  {
    name: 'Two devices play in parallel, each opening again whenever the other has taken over',
    happens: 'together they earn no more than one second a second',
    async run({ victim, me, first }) {
      const devices = [me, new Stranger(victim.origin, me.cookie)];
      await Promise.all(
        devices.map((device) =>
          forMs(5_000, async () => {
            const opened = await device.tryOpen(first.id);
            await wait(150);
            if (typeof opened === 'string') return;
            const { viewingId, creditedMs: fromMs } = opened;
            await device.beat({ viewingId, sequence: 1, fromMs, toMs: fromMs + 10_000, state: 'playing' });
          }),
        ),
      );
      me.heard.push(...devices[1]!.heard);
    },
  },
  {
    name: 'Ten tabs take the viewing over from each other as fast as they can, with heartbeats in flight',
    happens: 'no instant is counted for two of them; together they earn less than one would',
    async run({ me, first }) {
      const viewings: { viewingId: string; creditedMs: number; sequence: number }[] = [];
      const tab = () =>
        forMs(5_000, async () => {
          const opened = await me.tryOpen(first.id);
          if (typeof opened === 'string') return;
          viewings.push({ ...opened, sequence: 0 });
          // Beats of the newest viewings of all tabs, while others are taking over.
          await Promise.all(
            viewings.slice(-3).map(async (viewing) => {
              const { viewingId, creditedMs: fromMs } = viewing;
              viewing.sequence += 1;
              const { sequence } = viewing;
              await me.beat({ viewingId, sequence, fromMs, toMs: fromMs + 10_000, state: 'playing' });
            }),
          );
        });
      await Promise.all(Array.from({ length: 10 }, tab));
      expect(viewings.length).toBeGreaterThan(20);
    },
  },
  {
    name: 'Heartbeats go on in the old tab while a new one opens, so that the end of one lease meets the start of the next',
    happens: 'the new lease begins where the old one ended, to the millisecond',
    async run({ me, first }) {
      let { viewingId, creditedMs } = await me.open(first.id);
      await forMs(5_000, async () => {
        let isOver = false;
        const flood = (async () => {
          for (let sequence = 1; !isOver; sequence += 1) {
            const toMs = creditedMs + 10_000;
            await me.beat({ viewingId, sequence, fromMs: creditedMs, toMs, state: 'playing' });
          }
        })();
        await wait(30);
        const next = await me.tryOpen(first.id);
        isOver = true;
        await flood;
        if (typeof next !== 'string') ({ viewingId, creditedMs } = next);
      });
    },
  },
  {
    name: 'Ten tabs report for the same viewing, each something else under the same number',
    happens: 'the first one counts, the others get its answer',
    async run({ me, first }) {
      const { viewingId } = await me.open(first.id);
      for (let sequence = 1; sequence <= 10; sequence += 1) {
        await wait(100);
        const replies = await Promise.all(
          Array.from({ length: 10 }, (_, tab) =>
            me.beat({ viewingId, sequence, fromMs: 0, toMs: 10_000 + tab * 1_000, state: 'playing' }),
          ),
        );
        expect(new Set(replies.map(({ creditedMs }) => creditedMs)).size).toBe(1);
      }
    },
  },
  {
    name: 'Both chapters are watched at once',
    happens: 'the second does not open before the first is done (`chapter_locked`)',
    async run({ me, first, second }) {
      await me.open(first.id);
      expect(await me.tryOpen(second.id)).toBe('chapter_locked');
      await wait(1_000);
      expect(await me.tryOpen(second.id)).toBe('chapter_locked');
    },
  },
];
