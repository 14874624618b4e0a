import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PageLine, type LineWords } from './page-line.ts';

/** A server that answers or does not, and what the page said one after the other. */
function openPage() {
  const said: (LineWords | null)[] = [];
  const server = { answers: true, afterMs: 100, asked: 0 };
  const isThere = async () => {
    server.asked += 1;
    const { answers } = server;
    await new Promise((resolve) => setTimeout(resolve, server.afterMs));
    return answers;
  };
  const line = new PageLine({ isThere, tell: (words) => said.push(words) });
  return { line, said, server };
}

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

describe('a page without a line', () => {
  it('says so once, and says when it is back, for a while', async () => {
    const { line, said, server } = openPage();
    server.answers = false;
    line.lose();
    line.lose();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(said).toEqual(['away']);
    server.answers = true;
    void line.look();
    await vi.advanceTimersByTimeAsync(100);
    expect(said).toEqual(['away', 'back']);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(said).toEqual(['away', 'back', null]);
    expect(line.isAway).toBe(false);
  });

  it('finds the line by itself, also when the browser never says that it is back', async () => {
    const { line, said } = openPage();
    line.lose();
    await vi.advanceTimersByTimeAsync(5_100);
    expect(said).toEqual(['away', 'back']);
  });

  it('keeps what was to be sent, and says so at each press', async () => {
    const { line, said, server } = openPage();
    server.answers = false;
    line.lose();
    const press = line.canSend();
    await vi.advanceTimersByTimeAsync(100);
    await expect(press).resolves.toBe(false);
    expect(said).toEqual(['away', 'held', 'held']);
    expect(line.isAway).toBe(true);
  });

  it('sends when the browser is wrong and there is one', async () => {
    const { line, said } = openPage();
    line.lose();
    const press = line.canSend();
    await vi.advanceTimersByTimeAsync(100);
    await expect(press).resolves.toBe(true);
    expect(said.at(-1)).toBe('back');
  });

  it('does not look for one any more when it is lost again while it is being told as back', async () => {
    const { line, said, server } = openPage();
    line.lose();
    void line.look();
    await vi.advanceTimersByTimeAsync(100);
    server.answers = false;
    line.lose();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(said).toEqual(['away', 'back', 'away']);
  });
});

describe('a page whose browser believes that there is a line', () => {
  it('sends what arrives without a word', async () => {
    const { line, said } = openPage();
    const press = line.canSend();
    await vi.advanceTimersByTimeAsync(100);
    await expect(press).resolves.toBe(true);
    expect(said).toEqual([null]);
  });

  it('keeps what would not arrive, and finds the line by itself', async () => {
    const { line, said, server } = openPage();
    server.answers = false;
    const press = line.canSend();
    await vi.advanceTimersByTimeAsync(100);
    await expect(press).resolves.toBe(false);
    expect(said).toEqual(['held']);
    server.answers = true;
    await vi.advanceTimersByTimeAsync(5_100);
    expect(said).toEqual(['held', 'back']);
  });

  it('asks for patience on a slow line, and takes a second press for the first', async () => {
    const { line, said, server } = openPage();
    server.afterMs = 3_000;
    const press = line.canSend();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(said).toEqual(['asking']);
    await expect(line.canSend()).resolves.toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    await expect(press).resolves.toBe(true);
    expect(said).toEqual(['asking', null]);
    expect(server.asked).toBe(1);
  });

  it('can send again after it has sent: a page that comes back is no dead page', async () => {
    const { line } = openPage();
    for (let time = 1; time <= 2; time += 1) {
      const press = line.canSend();
      await vi.advanceTimersByTimeAsync(100);
      await expect(press).resolves.toBe(true);
    }
  });
});
