import { setTimeout as pause } from 'node:timers/promises';
import { issueRecord } from '#lib/server/records/issue-record.ts';
import type { App } from '#lib/server/app.ts';
import { manyDrivers } from '../../../tests/support/many-drivers.ts';
import { takeLecture } from '../../../tests/support/completed-attendance.ts';
import { publishLecture } from '../../../tests/support/published-lecture.ts';

/** Times by performance.now(). */
export interface Completion {
  readonly recordNumber: string;
  /** The commit was asked for. */
  readonly askedAt: number;
  /** The database has confirmed it. */
  readonly confirmedAt: number;
}

export interface Completions {
  readonly completed: readonly Completion[];
  readonly perSecond: number;
}

const PERIOD = { periodStart: '2026-11-01', periodEnd: '2027-01-04' };
const ROLLED_BACK_ONE_IN = 20;
/** How long a transaction is held open after the record, at most. */
const HELD_MS = 100;

class Undone extends Error {}

/** Issues `rate` records a second for so long, whether the ones before are done or not. */
export async function completeAtRate(
  app: App,
  { rate, seconds }: { readonly rate: number; readonly seconds: number },
): Promise<Completions> {
  const lecture = await publishLecture(app, [60_000]);
  const learners = await manyDrivers(app, rate * seconds);
  const waiting: { driverId: string; attendanceId: string }[] = [];
  for (const { driverId } of learners) {
    const { attendanceId } = await takeLecture(app, { driverId, lecture, doneCount: 0, ...PERIOD });
    waiting.push({ driverId, attendanceId });
  }

  const complete = async (ids: (typeof waiting)[number], index: number): Promise<Completion | null> => {
    let askedAt = 0;
    try {
      const recordNumber = await app.db.transaction().execute(async (trx) => {
        const completedAt = app.clock.now();
        await trx.updateTable('attendance').set({ completedAt }).where('id', '=', ids.attendanceId).execute();
        const facts = {
          editionId: lecture.editionId,
          lectureClass: 'excellent',
          ...PERIOD,
          completedAt,
        } as const;
        const issued = await issueRecord(app, trx, { ...ids, ...facts });
        await pause(Math.random() * HELD_MS);
        if (index % ROLLED_BACK_ONE_IN === 0) throw new Undone();
        askedAt = performance.now();
        return issued.recordNumber;
      });
      return { recordNumber, askedAt, confirmedAt: performance.now() };
    } catch (thrown) {
      if (thrown instanceof Undone) return null;
      throw thrown;
    }
  };

  const begunAt = performance.now();
  const underWay: Promise<Completion | null>[] = [];
  for (const [index, ids] of waiting.entries()) {
    await pause(Math.max(0, begunAt + (index * 1000) / rate - performance.now()));
    underWay.push(complete(ids, index));
  }
  const completed = (await Promise.all(underWay)).filter((one) => one !== null);
  const elapsedSeconds = (performance.now() - begunAt) / 1000;
  return { completed, perSecond: Number((completed.length / elapsedSeconds).toFixed(1)) };
}
