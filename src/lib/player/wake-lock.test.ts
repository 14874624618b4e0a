import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WakeLock } from './wake-lock.ts';

/** The browser's part: locks that are held, and what it does of itself when the page is hidden. */
class Screen {
  readonly held = new Set<{ released: boolean }>();
  asked = 0;
  refuses = false;

  readonly request = () => {
    this.asked += 1;
    if (this.refuses) return Promise.reject(new DOMException('low battery', 'NotAllowedError'));
    const lock = { released: false, release: () => this.#letGo(lock) };
    this.held.add(lock);
    return Promise.resolve(lock);
  };

  hide(): void {
    for (const lock of this.held) void this.#letGo(lock);
  }

  #letGo(lock: { released: boolean }): Promise<void> {
    lock.released = true;
    this.held.delete(lock);
    return Promise.resolve();
  }
}

let screen: Screen;
beforeEach(() => {
  screen = new Screen();
  vi.stubGlobal('navigator', { wakeLock: screen });
});
afterEach(() => vi.unstubAllGlobals());

describe('the screen', () => {
  it('stays awake while the video plays, and not longer', async () => {
    const lock = new WakeLock();
    await lock.hold();
    expect(screen.held.size).toBe(1);
    lock.release();
    expect(screen.held.size).toBe(0);
  });

  it('is asked for once, however often the video says that it plays', async () => {
    const lock = new WakeLock();
    await Promise.all([lock.hold(), lock.hold()]);
    await lock.hold();
    expect([screen.asked, screen.held.size]).toEqual([1, 1]);
    lock.release();
    expect(screen.held.size).toBe(0);
  });

  it('stays awake again when the page was hidden and the video plays on', async () => {
    const lock = new WakeLock();
    await lock.hold();
    screen.hide();
    expect(screen.held.size).toBe(0);
    await lock.hold();
    expect(screen.held.size).toBe(1);
  });

  it('is let go when the video was paused before the browser had answered', async () => {
    const lock = new WakeLock();
    const held = lock.hold();
    lock.release();
    await held;
    expect(screen.held.size).toBe(0);
  });

  it('may go dark where the browser refuses, and is asked for again with the next press', async () => {
    const lock = new WakeLock();
    screen.refuses = true;
    await lock.hold();
    screen.refuses = false;
    await lock.hold();
    expect(screen.held.size).toBe(1);
  });

  it('goes dark as always where there is no such thing', async () => {
    vi.stubGlobal('navigator', {});
    await expect(new WakeLock().hold()).resolves.toBeUndefined();
  });
});
