import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDisagreements } from '#lib/domain/attendance/ledger.ts';
import type { HeartbeatReply, OpenedViewing } from '#lib/domain/attendance/protocol.ts';
import type { Learner } from '#lib/domain/people/actor.ts';
import { closeLiveViewing } from '#lib/server/attendance/close-live-viewing.ts';
import { openViewing } from '#lib/server/attendance/open-viewing.ts';
import { readLedger } from '#lib/server/attendance/read-ledger.ts';
import { reportHeartbeat } from '#lib/server/attendance/report-heartbeat.ts';
import { startAttendance } from '#lib/server/attendance/start-attendance.ts';
import { sweepViewings } from '#lib/server/attendance/sweep-viewings.ts';
import { segmentKey } from '#lib/server/media/segment-key.ts';
import { hostileBeat, hostileHistories, type HostileAct } from '../../support/hostile-client.ts';
import { manyDrivers } from '../../support/many-drivers.ts';
import { publishLecture, type PublishedLecture } from '../../support/published-lecture.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const HISTORIES = 60;
const CHAPTER_MS = 90_000;
const SEGMENT_MS = 6_000;
const START = '2026-11-22T03:00:00Z';

let test: TestApp;
let lecture: PublishedLecture;
let learners: Learner[];

beforeAll(async () => {
  test = await makeTestApp({ now: START });
  learners = await manyDrivers(test.app, HISTORIES);
  lecture = await publishLecture(test.app, [CHAPTER_MS, CHAPTER_MS]);
});
afterAll(() => test.close());

/** What one connection that took no part sees of this attendance: whatever was answered must be there. */
async function readStored(driverId: string) {
  const { db } = test.app;
  const attendance = await db
    .selectFrom('attendance')
    .where('driverId', '=', driverId)
    .select(['id', 'driverId', 'periodStart', 'periodEnd'])
    .executeTakeFirstOrThrow();
  const chapters = await db
    .selectFrom('chapterAttendance')
    .where('attendanceId', '=', attendance.id)
    .orderBy('position')
    .select(['chapterId', 'durationMs', 'creditedMs'])
    .execute();
  const leases = await db
    .selectFrom('viewing')
    .where('driverId', '=', driverId)
    .orderBy('openedAt')
    .orderBy('lastBeatAt')
    .select(['id', 'openedAt', 'lastBeatAt', 'sequence'])
    .execute();
  return { attendance, chapters, leases };
}

/** One person's script against the real operations and the real database; the test's clock is the database's. */
class HostileLearner {
  readonly viewingIds: string[] = [];
  readonly keys = new Map<number, string>();
  readonly #learner: Learner;
  #creditedMs = 0;
  constructor(learner: Learner) {
    this.#learner = learner;
  }

  async act(act: HostileAct): Promise<void> {
    if (act.act === 'wait' || act.act === 'stepClock') test.clock.advance(act.ms);
    if (act.act === 'sweep') await sweepViewings(test.app);
    if (act.act === 'open' && this.#creditedMs < CHAPTER_MS) {
      const opened = await openViewing(test.app, this.#learner, { chapterId: lecture.chapters[0]!.id });
      this.viewingIds.push(opened.viewingId);
      this.#hear(opened);
    }
    const viewingId = act.act === 'beat' && this.viewingIds.at(-1 - act.viewingsBack);
    if (!viewingId) return;
    const { creditedMs, reportedMs, sequence } = await test.app.db
      .selectFrom('viewing as v')
      .innerJoin('chapterAttendance as c', 'c.attendanceId', 'v.attendanceId')
      .where('v.id', '=', viewingId)
      .where('c.chapterId', '=', lecture.chapters[0]!.id)
      .select(['c.creditedMs', 'c.reportedMs', 'v.sequence'])
      .executeTakeFirstOrThrow();
    const report = hostileBeat(act, viewingId, { creditedMs, reportedMs, sequence });
    const reply = await reportHeartbeat(test.app, this.#learner, report);
    this.#hear(reply);
    await this.#isDurable(viewingId, reply);
    if (!act.isRepeated || reply.outcome !== 'credited') return;
    const again = await reportHeartbeat(test.app, this.#learner, { ...report, toMs: CHAPTER_MS });
    if (again.outcome === 'credited') expect(again.creditedMs).toBe(reply.creditedMs);
  }

  #hear(said: OpenedViewing | HeartbeatReply): void {
    expect(said.creditedMs).toBeGreaterThanOrEqual(this.#creditedMs);
    this.#creditedMs = said.creditedMs;
    if (!('grant' in said)) return;
    for (const [index, key] of said.grant.keys.entries()) this.keys.set(said.grant.fromIndex + index, key);
    const released = Math.ceil(
      Math.min(CHAPTER_MS, said.creditedMs + test.app.config.attendanceLimits.lookMs) / SEGMENT_MS,
    );
    expect(this.keys.size).toBeLessThanOrEqual(released);
  }

  async #isDurable(viewingId: string, reply: HeartbeatReply): Promise<void> {
    if (reply.outcome !== 'credited') return;
    const { chapters, leases } = await readStored(this.#learner.driverId);
    expect(chapters[0]!.creditedMs).toBe(reply.creditedMs);
    expect(leases.find(({ id }) => id === viewingId)!.sequence).toBeGreaterThanOrEqual(reply.sequence);
  }
}

describe('a random history of a hostile script', () => {
  it('leaves a ledger that leads to the frontier, leases that do not overlap, and no key of later segments', async () => {
    await fc.assert(
      fc.asyncProperty(hostileHistories, async (history) => {
        test.clock.set(START);
        const learner = learners.pop()!;
        await startAttendance(test.app, learner);
        const script = new HostileLearner(learner);
        for (const act of history) await script.act(act);
        await test.app.db
          .transaction()
          .execute((trx) => closeLiveViewing(test.app, trx, learner.driverId, 'signedOut'));

        const { attendance, chapters, leases } = await readStored(learner.driverId);
        expect(findDisagreements(await readLedger(test.app.db, attendance, chapters))).toEqual([]);
        const clockMs = leases.reduce((sum, lease) => sum + +lease.lastBeatAt - +lease.openedAt, 0);
        expect(chapters[0]!.creditedMs).toBeLessThanOrEqual(clockMs);
        leases.slice(1).forEach((lease, index) => {
          expect(+lease.openedAt).toBeGreaterThanOrEqual(+leases[index]!.lastBeatAt);
        });
        const { masterSecret, chapters: published } = lecture;
        for (const [index, key] of script.keys) {
          expect(key).toBe(segmentKey(masterSecret, published[0]!.videoId, index).toString('base64'));
        }
      }),
      { numRuns: HISTORIES, endOnFailure: true },
    );
  }, 120_000);
});
