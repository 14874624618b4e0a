import { expect, type Page } from '@playwright/test';
import type { Learner } from '#lib/domain/people/actor.ts';
import { getLecture } from '#lib/server/attendance/get-lecture.ts';
import type { OwnServer } from './own-server.ts';

/** The interval of heartbeats on these servers, which is the most that may have to be watched again, and how late a busy machine may be. */
const MAX_AGAIN_S = 3 + 3;
/** Asked often: what is waited for is often the moment at which something is to happen. */
const PATIENCE = { timeout: 90_000, intervals: [100] };

/** Where the playhead is, in seconds. */
export const position = (page: Page) => page.evaluate(() => document.querySelector('video')!.currentTime);

/** Opens the chapter that comes next. */
export async function openChapter(page: Page, { origin }: Pick<OwnServer, 'origin'>): Promise<void> {
  await page.goto(`${origin}/lecture`);
  await page.getByRole('link', { name: /講習を始める|つづきから見る/ }).click();
  await expect(page).toHaveURL(/\/watch$/);
}

export async function pressPlay(page: Page): Promise<void> {
  await page.getByRole('button', { name: /見る$/ }).click();
}

/** Until the playhead has come to here. */
export const playTo = (page: Page, seconds: number) =>
  expect.poll(() => position(page), PATIENCE).toBeGreaterThan(seconds);

/** How many seconds of pictures are here beyond the playhead. */
export const loadedAhead = (page: Page) =>
  page.evaluate(() => {
    const { buffered, currentTime } = document.querySelector('video')!;
    return buffered.length === 0 ? 0 : buffered.end(buffered.length - 1) - currentTime;
  });

/** Until so many seconds are here: on a machine that is slow to load it would be the loading that is noticed. */
export const loads = (page: Page, seconds: number) =>
  expect.poll(() => loadedAhead(page), PATIENCE).toBeGreaterThan(seconds);

/**
 * Notes from now on whatever a person would see as an interruption; answers how to read it. A decoder that a busy machine keeps waiting
 * although there are pictures is none of the line's.
 */
export async function noteStops(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const video = document.querySelector('video')!;
    const stops: string[] = [];
    for (const event of ['waiting', 'pause', 'seeking']) {
      video.addEventListener(event, () => {
        const loaded = video.buffered.length > 0 ? video.buffered.end(video.buffered.length - 1) : 0;
        if (event === 'waiting' && loaded > video.currentTime + 1) return;
        stops.push(`${event} at ${video.currentTime}, loaded to ${loaded}`);
      });
    }
    Object.assign(globalThis, { stops });
  });
  return () => page.evaluate(() => Reflect.get(globalThis, 'stops') as string[]);
}

/** What the page says is saved, in seconds. */
export async function savedOnPage(page: Page): Promise<number> {
  const words = await page.locator('main').innerText();
  const [, minutes, seconds] = /(\d+)分(\d+)秒まで保存しました/.exec(words) ?? [];
  return Number(minutes) * 60 + Number(seconds);
}

/** Until so much time has passed on the wall. */
export const passTime = (fromMs: number, ms: number) =>
  expect
    .poll(() => performance.now() - fromMs, { timeout: ms + 60_000, intervals: [20, 100, 250] })
    .toBeGreaterThanOrEqual(ms);

/** Puts the credit of the chapter that is watched now so many seconds before its end; answers the length of the chapter. */
export async function skipToNearEnd(
  { app }: Pick<OwnServer, 'app'>,
  learner: Learner,
  secondsLeft: number,
): Promise<number> {
  const { chapters, next } = await getLecture(app, learner);
  const chapter = chapters.find(({ chapterId }) => 'chapterId' in next && chapterId === next.chapterId)!;
  const creditedMs = chapter.durationMs - secondsLeft * 1_000;
  await app.db
    .updateTable('chapterAttendance')
    .set({ creditedMs, reportedMs: creditedMs })
    .where('chapterId', '=', chapter.chapterId)
    .where('attendanceId', 'in', (query) =>
      query.selectFrom('attendance').where('driverId', '=', learner.driverId).select('id'),
    )
    .execute();
  return chapter.durationMs / 1_000;
}

/** Until the pictures move on from where they are. */
export async function playsOn(page: Page): Promise<void> {
  const before = await position(page);
  await playTo(page, before + 0.5);
}

/** The credit of one learner's chapter that is watched now, in seconds, as the database has it; never seen to fall. */
export class Credit {
  #highest = 0;
  readonly #server: OwnServer;
  readonly #learner: Learner;
  #timer: ReturnType<typeof setInterval>;
  #fault: unknown = null;

  constructor(server: OwnServer, learner: Learner) {
    this.#server = server;
    this.#learner = learner;
    this.#timer = setInterval(() => void this.read().catch((fault: unknown) => (this.#fault ??= fault)), 500);
  }

  async read(): Promise<number> {
    const { chapters } = await getLecture(this.#server.app, this.#learner);
    const seconds = chapters.reduce((sum, { creditedMs }) => sum + creditedMs, 0) / 1_000;
    if (seconds < this.#highest) throw new Error(`the credit fell from ${this.#highest} to ${seconds}`);
    this.#highest = seconds;
    return seconds;
  }

  /** Until so much is credited. */
  async reaches(seconds: number): Promise<void> {
    await expect.poll(() => this.read().catch(() => -1), PATIENCE).toBeGreaterThanOrEqual(seconds);
  }

  /** Stops looking, and says if it ever fell. A database that did not answer is no matter here. */
  end(): void {
    clearInterval(this.#timer);
    if (this.#fault instanceof Error && this.#fault.message.startsWith('the credit fell')) throw this.#fault;
  }
}

/** What was at `before` when something happened goes on by itself now, with no more than an interval to watch again. */
export async function goesOnFrom(page: Page, before: number): Promise<void> {
  await expect.poll(() => position(page), PATIENCE).toBeGreaterThan(0);
  expect(await position(page)).toBeGreaterThan(before - MAX_AGAIN_S);
  await playTo(page, before + 0.5);
}
