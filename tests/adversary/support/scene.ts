import { setTimeout as wait } from 'node:timers/promises';
import type { HeartbeatReply, OpenedViewing } from '#lib/domain/attendance/protocol.ts';
import type { Learner } from '#lib/domain/people/actor.ts';
import type { PublishedLecture } from '../../support/published-lecture.ts';
import { Stranger } from './stranger.ts';
import type { Victim } from './victim.ts';

/** One attack: a person of its own, who has consented, and the script. What it expects it asserts itself. */
export interface Attack {
  /** What is done, as a line of docs/attacks.md. */
  readonly name: string;
  /** What becomes of it, likewise. */
  readonly happens: string;
  readonly lecture?: 'long' | 'short';
  /** An attack after which the lecture is rightly complete, because it was taken honestly before or after. */
  readonly isCompleted?: boolean;
  run(scene: Scene): Promise<void>;
}

export interface Scene {
  readonly victim: Victim;
  readonly learner: Learner;
  readonly me: Stranger;
  readonly lecture: PublishedLecture;
  readonly first: PublishedLecture['chapters'][number];
  readonly second: PublishedLecture['chapters'][number];
}

export async function makeScene(victim: Victim, which: 'long' | 'short' = 'long'): Promise<Scene> {
  const { learner, cookie } = await victim.signIn(which);
  const me = new Stranger(victim.origin, cookie);
  const lecture = victim[which];
  const { status } = await me.consent();
  if (status !== 303) throw new Error(`consent was not taken: ${status}`);
  return { victim, learner, me, lecture, first: lecture.chapters[0]!, second: lecture.chapters[1]! };
}

/** Calls `act` with 1, 2, 3 … until so many milliseconds have gone by on the wall. */
export async function forMs(ms: number, act: (round: number) => Promise<unknown>): Promise<void> {
  const until = performance.now() + ms;
  for (let round = 1; performance.now() < until; round += 1) await act(round);
}

/** Plays by the rules at the speed of the clock until `untilMs` is credited, or the chapter is over. */
export async function watchHonestly(
  me: Stranger,
  opened: OpenedViewing,
  { untilMs = opened.durationMs, fromSequence = 1 } = {},
): Promise<HeartbeatReply> {
  let reply: HeartbeatReply | undefined;
  let { creditedMs } = opened;
  for (let sequence = fromSequence; ; sequence += 1) {
    await wait(Math.min(500, Math.max(20, untilMs - creditedMs)));
    const toMs = Math.min(opened.durationMs, creditedMs + 600);
    reply = await me.beat({
      viewingId: opened.viewingId,
      sequence,
      fromMs: creditedMs,
      toMs,
      state: 'playing',
    });
    if (reply.outcome === 'refused') return reply;
    ({ creditedMs } = reply);
    if (creditedMs >= untilMs) return reply;
  }
}

/** Takes a chapter as it should be taken, with its question and photo. */
export async function finishChapter(scene: Scene, chapter: Scene['first'], photo: Buffer): Promise<void> {
  await watchHonestly(scene.me, await scene.me.open(chapter.id));
  await scene.me.answer(chapter.id, chapter.rightChoiceId);
  await scene.me.photo(chapter.id, photo);
}
