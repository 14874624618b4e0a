import { describe, expect, it } from 'vitest';
import { BeatQueue } from './beat-queue.ts';

function newQueue() {
  return new BeatQueue('viewing-1', 0, 'playing');
}

describe('the heartbeats that wait', () => {
  it('are numbered from 1, each said until it is answered', () => {
    const queue = newQueue();
    queue.add({ fromMs: 0, toMs: 5_000 }, 'playing');
    const first = queue.form(3);
    expect(first).toEqual({
      viewingId: 'viewing-1',
      sequence: 1,
      fromMs: 0,
      toMs: 5_000,
      state: 'playing',
      keyCount: 3,
    });
    expect(queue.oldestUnanswered).toBe(first);
    expect(queue.settle(first)).toBe(true);
    expect(queue.oldestUnanswered).toBeUndefined();
    expect(queue.form(3).sequence).toBe(2);
  });

  it('change nothing by an answer that comes twice', () => {
    const queue = newQueue();
    const first = queue.form(0);
    queue.settle(first);
    expect(queue.settle(first)).toBe(false);
  });

  it('settle the earlier ones with a later answer', () => {
    const queue = newQueue();
    const first = queue.form(0);
    const second = queue.form(0);
    expect(queue.settle(second)).toBe(true);
    expect(queue.settle(first)).toBe(false);
  });

  it('join runs that meet, and keep apart what nobody watched between', () => {
    const queue = newQueue();
    queue.add({ fromMs: 0, toMs: 5_000 }, 'paused');
    queue.add({ fromMs: 5_100, toMs: 8_000 }, 'paused');
    queue.add({ fromMs: 20_000, toMs: 21_000 }, 'paused');
    expect(queue.form(0)).toMatchObject({ fromMs: 0, toMs: 8_000, state: 'playing' });
    expect(queue.form(0)).toMatchObject({ fromMs: 20_000, toMs: 21_000, state: 'paused' });
    expect(queue.form(0)).toMatchObject({ fromMs: 21_000, toMs: 21_000 });
  });

  it('press when play stopped, not when it goes on', () => {
    const queue = newQueue();
    queue.add({ fromMs: 0, toMs: 0 }, 'waiting');
    queue.add({ fromMs: 0, toMs: 0 }, 'playing');
    expect(queue.isPressing).toBe(false);
    queue.add({ fromMs: 0, toMs: 0 }, 'paused');
    expect(queue.isPressing).toBe(true);
    queue.form(0);
    expect(queue.isPressing).toBe(false);
  });

  it('say again with what was played since, and say that part once more with the next', () => {
    const queue = newQueue();
    queue.add({ fromMs: 0, toMs: 5_000 }, 'playing');
    const first = queue.form(1);
    queue.add({ fromMs: 5_000, toMs: 9_000 }, 'playing');
    expect(queue.sayAgain(first, 2)).toMatchObject({ sequence: 1, fromMs: 0, toMs: 9_000, keyCount: 2 });
    queue.settle(first);
    expect(queue.isPressing).toBe(true);
    expect(queue.form(2)).toMatchObject({ sequence: 2, fromMs: 5_000, toMs: 9_000 });
  });

  it('take back what could not be counted yet, without hurry', () => {
    const queue = newQueue();
    queue.add({ fromMs: 0, toMs: 50_000 }, 'playing');
    queue.settle(queue.form(0));
    queue.giveBack({ fromMs: 45_000, toMs: 50_000 });
    expect(queue.isPressing).toBe(false);
    queue.add({ fromMs: 50_000, toMs: 60_000 }, 'playing');
    expect(queue.form(0)).toMatchObject({ fromMs: 45_000, toMs: 60_000 });
  });

  it('are bounded: a script that makes a thousand separate runs does not fill the memory', () => {
    const queue = newQueue();
    for (let at = 0; at < 1_000; at += 1)
      queue.add({ fromMs: at * 10_000, toMs: at * 10_000 + 1 }, 'playing');
    const said = Array.from({ length: 40 }, () => queue.form(0)).filter((beat) => beat.toMs > beat.fromMs);
    expect(said).toHaveLength(32);
  });
});
