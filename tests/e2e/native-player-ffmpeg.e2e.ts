import { expect, test } from '@playwright/test';
import type { HeartbeatReply, OpenedViewing } from '#lib/domain/attendance/protocol.ts';
import { getLecture } from '#lib/server/attendance/get-lecture.ts';
import { playWithFfmpeg } from './support/native-client.ts';
import { startOwnServer, type OwnServer } from './support/own-server.ts';

const SEGMENT_MS = 6_000;

let server: OwnServer;
test.beforeAll(async () => {
  server = await startOwnServer();
});
test.afterAll(() => server.close());

test('ffmpeg plays what is released at the speed of the clock, picks up what is earned, and gets no key beyond @pc', async ({
  context,
}) => {
  const learner = await server.newLearner(context);
  const [session] = await context.cookies(server.origin);
  const cookie = `${session!.name}=${session!.value}`;
  const call = async <T>(procedure: string, input: unknown): Promise<T> => {
    const response = await fetch(`${server.origin}/api/trpc/viewing.${procedure}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(input),
    });
    return ((await response.json()) as { result: { data: T } }).result.data;
  };
  const { chapters } = await getLecture(server.app, learner);
  const { chapterId } = chapters[0]!;
  const { viewingId, durationMs, releasedMs } = await call<OpenedViewing>('open', { chapterId });
  const native = `${server.origin}/media/native/${viewingId}`;
  const keyStatus = async (index: number, as = cookie) =>
    (await fetch(`${native}/key/${index}`, { headers: { cookie: as } })).status;

  // A reporter of its own, apart from the player: first it only keeps the viewing, then it earns.
  let sequence = 0;
  let creditedMs = 0;
  let released = releasedMs;
  const report = async (toMs: number, state: 'playing' | 'paused') => {
    sequence += 1;
    const beat = { viewingId, sequence, fromMs: creditedMs, toMs, state, keyCount: 0 };
    const reply = await call<HeartbeatReply>('report', beat);
    if (reply.outcome === 'credited') ({ creditedMs, releasedMs: released } = reply);
    return reply.outcome;
  };
  const firstLocked = () => Math.ceil(released / SEGMENT_MS);

  const startedAt = performance.now();
  const player = playWithFfmpeg(`${native}/master.m3u8`, cookie);
  try {
    await expect.poll(() => player.playedMs(), { timeout: 60_000 }).toBeGreaterThan(5_000);
    for (let beats = 0; beats < 4; beats += 1) {
      const at = performance.now();
      await expect.poll(() => performance.now() - at, { timeout: 30_000 }).toBeGreaterThan(3_000);
      expect(await report(creditedMs, 'paused')).toBe('credited');
      expect(await keyStatus(firstLocked())).toBe(404);
    }
    // Nothing was earned, so it stands at the end of what is released, without an error.
    expect(creditedMs).toBe(0);
    expect(player.playedMs()).toBeLessThanOrEqual(firstLocked() * SEGMENT_MS + 100);
    expect(player.errors()).not.toMatch(/40\d|error/i);

    while (creditedMs < durationMs) {
      const at = performance.now();
      await expect.poll(() => performance.now() - at, { timeout: 30_000 }).toBeGreaterThan(2_000);
      const outcome = await report(Math.min(durationMs, creditedMs + 10_000), 'playing');
      expect(outcome).toBe('credited');
      expect(player.playedMs()).toBeLessThanOrEqual(firstLocked() * SEGMENT_MS + 100);
      for (let index = 0; index < firstLocked(); index += 1) expect(await keyStatus(index)).toBe(200);
      if (released < durationMs) expect(await keyStatus(firstLocked())).toBe(404);
    }
    expect(await player.ended).toBe(0);
    expect(player.playedMs()).toBeGreaterThan(durationMs - 1_000);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(durationMs);
    expect(player.errors()).not.toMatch(/40\d|error/i);
    // Nobody else's cookie, and none, opens any of it.
    expect(await keyStatus(0, 'koshu-session=nobody')).toBe(401);
  } finally {
    player.kill();
  }
});
