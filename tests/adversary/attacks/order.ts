import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Attack } from '../support/scene.ts';
import type { Claim } from '../support/stranger.ts';

/** Plays with the order and number of heartbeats. */
export const ORDER: readonly Attack[] = [
  {
    name: 'One heartbeat is sent a hundred times, with more in it each time',
    happens:
      'earns once; repetitions are answered with what holds then, and too many at once not at all (`too_many_requests`)',
    async run({ me, first }) {
      const { viewingId } = await me.open(first.id);
      await wait(1_000);
      const beat: Claim = { viewingId, sequence: 1, fromMs: 0, toMs: 1_000, state: 'playing' };
      const { creditedMs } = await me.beat(beat);
      await wait(500);
      const again = await Promise.all(
        Array.from({ length: 100 }, (_, index) => me.beat({ ...beat, toMs: 1_000 + index * 100 })),
      );
      const answered = again.filter(({ outcome }) => outcome === 'credited');
      expect(answered.length).toBeGreaterThanOrEqual(LIMITS.heartbeatsUnansweredPerPerson);
      for (const reply of answered) expect(reply).toMatchObject({ creditedMs });
      for (const reply of again.filter(({ outcome }) => outcome === 'refused'))
        expect(reply).toMatchObject({ code: 'too_many_requests' });
    },
  },
  {
    name: 'A recorded lecture is played back: all heartbeats of an earlier viewing, after opening a new one',
    happens: 'earns nothing: that viewing is over (`viewing_superseded`)',
    async run({ me, first }) {
      const { viewingId } = await me.open(first.id);
      const recorded: Claim[] = [];
      for (let sequence = 1; sequence <= 4; sequence += 1) {
        await wait(300);
        const fromMs = (sequence - 1) * 300;
        recorded.push({ viewingId, sequence, fromMs, toMs: fromMs + 300, state: 'playing' });
        await me.beat(recorded.at(-1)!);
      }
      const { creditedMs } = await me.open(first.id);
      for (const claim of recorded) {
        expect(await me.beat(claim)).toEqual({ outcome: 'refused', code: 'viewing_superseded', creditedMs });
      }
    },
  },
  {
    name: 'A recorded lecture is played back under the number of the new viewing',
    happens: 'earns what the clock allows and not what was recorded',
    async run({ me, first }) {
      const { viewingId } = await me.open(first.id);
      for (let sequence = 1; sequence <= 50; sequence += 1) {
        const fromMs = (sequence - 1) * 2_000;
        await me.beat({ viewingId, sequence, fromMs, toMs: fromMs + 2_000, state: 'playing' });
      }
    },
  },
  {
    name: 'Twenty heartbeats arrive in reverse order',
    happens: 'only number 1 counts; the others are told that numbers are missing (`out_of_sequence`)',
    async run({ me, first }) {
      const { viewingId } = await me.open(first.id);
      for (let sequence = 20; sequence >= 2; sequence -= 1) {
        const beat: Claim = {
          viewingId,
          sequence,
          fromMs: sequence * 500,
          toMs: sequence * 500 + 500,
          state: 'playing',
        };
        expect(await me.beat(beat)).toMatchObject({ code: 'out_of_sequence', creditedMs: 0 });
      }
      await wait(500);
      const reply = await me.beat({ viewingId, sequence: 1, fromMs: 0, toMs: 500, state: 'playing' });
      expect(reply).toMatchObject({ outcome: 'credited', creditedMs: 500 });
    },
  },
  {
    name: 'The number of the heartbeat jumps: by a million, past 32 and past 53 bits',
    happens: 'refused (`out_of_sequence`, `malformed`); the viewing goes on where it was',
    async run({ me, first }) {
      const { viewingId } = await me.open(first.id);
      const claim = { viewingId, fromMs: 0, toMs: 5_000, state: 'playing' } as const;
      for (const sequence of [3, 1_000_000, 2 ** 31, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER]) {
        expect(await me.beat({ ...claim, sequence })).toMatchObject({ code: 'out_of_sequence' });
      }
      for (const sequence of [0, -1, 1.5, 2 ** 53, 1e308]) {
        expect(await me.beat({ ...claim, sequence })).toMatchObject({ code: 'malformed' });
      }
      expect(await me.beat({ ...claim, sequence: 1 })).toMatchObject({ outcome: 'credited' });
    },
  },
];
