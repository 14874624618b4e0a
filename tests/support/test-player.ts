import type { Heartbeat, HeartbeatReply, PlayState } from '#lib/domain/attendance/protocol.ts';
import type { Learner } from '#lib/domain/people/actor.ts';
import { openViewing } from '#lib/server/attendance/open-viewing.ts';
import { reportHeartbeat } from '#lib/server/attendance/report-heartbeat.ts';
import type { TestApp } from './test-app.ts';

/** A player of this person: it reports what it plays, and the test moves the clock. */
export class TestPlayer {
  sequence = 0;
  positionMs = 0;
  viewingId = '';
  readonly learner: Learner;
  readonly #test: TestApp;
  constructor(test: TestApp, learner: Learner) {
    this.#test = test;
    this.learner = learner;
  }
  async open(chapterId: string) {
    const opened = await openViewing(this.#test.app, this.learner, { chapterId });
    this.viewingId = opened.viewingId;
    this.sequence = 0;
    this.positionMs = opened.creditedMs;
    return opened;
  }
  beat(
    toMs: number,
    state: PlayState = 'playing',
    changes: Partial<Heartbeat> = {},
  ): Promise<HeartbeatReply> {
    const { viewingId, positionMs: fromMs } = this;
    this.sequence += 1;
    this.positionMs = toMs;
    return reportHeartbeat(this.#test.app, this.learner, {
      viewingId,
      sequence: this.sequence,
      fromMs,
      toMs,
      state,
      keyCount: 0,
      ...changes,
    });
  }
  async play(ms: number) {
    this.#test.clock.advance(ms);
    return this.beat(this.positionMs + ms);
  }
  async watch(chapterId: string) {
    const { durationMs } = await this.open(chapterId);
    let reply: HeartbeatReply | undefined;
    while (this.positionMs < durationMs)
      reply = await this.play(Math.min(10_000, durationMs - this.positionMs));
    return reply;
  }
}
