import type { BrowserContext } from '@playwright/test';
import type { Learner } from '#lib/domain/people/actor.ts';
import type { OnlineLectureClass } from '#lib/domain/renewal/lecture-class.ts';
import { createApp, type App } from '#lib/server/app.ts';
import { parseConfig } from '#lib/server/config.ts';
import { assessLearner } from '#lib/server/register/assess-eligibility.ts';
import { takeLecture } from '../../support/completed-attendance.ts';
import { newPerson } from '../../support/new-learner.ts';
import { publishLecture, type PublishedLecture } from '../../support/published-lecture.ts';
import { stackFacts } from './stack-facts.ts';

/** Less than the shortest chapter of the samples, and more than what other tests upload. */
const SAMPLE_MIN_MS = 20_000;

/** People who stand somewhere in the lecture already, so that a page can be looked at without the journey to it. */
export interface Prepared {
  readonly app: App;
  readonly origin: string;
  /** Signs in, in this browser, somebody new who has done so many chapters; `null`: who has not begun. All of them: who has a record. */
  signIn(context: BrowserContext, doneCount: number | null): Promise<Learner>;
  /** Puts this person beyond the video of a chapter, or beyond all that belongs to it. No record comes of it: the ledger knows nothing. */
  putBeyond(learner: Learner, part: 'video' | 'photo', position: number): Promise<void>;
  close(): Promise<void>;
}

interface Wanted {
  readonly commissionCode: string;
  readonly chapterCount: number;
  readonly lectureClass: OnlineLectureClass;
}

/** Publishes a lecture for a commission that nobody else uses; the pictures are those of the sample. */
async function publish(
  app: App,
  { commissionCode, chapterCount, lectureClass }: Wanted,
): Promise<PublishedLecture> {
  const video = await app.db
    .selectFrom('video')
    .where('state', '=', 'ready')
    .where('durationMs', 'is not', null)
    .where('mediaPrefix', 'is not', null)
    .select(['id', 'durationMs'])
    .orderBy('durationMs')
    .execute();
  const sample = video.find(({ durationMs }) => durationMs! >= SAMPLE_MIN_MS)!;
  const lengths = Array.from({ length: chapterCount }, () => sample.durationMs!);
  const videoIds = lengths.map(() => sample.id);
  return publishLecture(app, lengths, { commissionCode, lectureClass, videoIds });
}

/** Close it in `afterAll`. */
export async function preparePeople(
  commissionCode: string,
  chapterCount = 3,
  lectureClass: OnlineLectureClass = 'excellent',
): Promise<Prepared> {
  const { environment, origin } = stackFacts();
  const app = await createApp(parseConfig({ ...environment, LOG_LEVEL: 'silent' }));
  const lecture = await publish(app, { commissionCode, chapterCount, lectureClass });
  return {
    app,
    origin,
    async signIn(context, doneCount) {
      const { token, learner } = await newPerson(app, lectureClass, commissionCode);
      if (doneCount !== null) {
        const { period } = await assessLearner(app, learner);
        const { driverId } = learner;
        await takeLecture(app, {
          driverId,
          lecture,
          lectureClass,
          doneCount,
          periodStart: period.start,
          periodEnd: period.end,
        });
      }
      await context.addCookies([{ name: 'koshu-session', value: token, url: origin }]);
      return learner;
    },
    async putBeyond({ driverId }, part, position) {
      const now = app.clock.now();
      await app.db
        .updateTable('chapterAttendance')
        .set((eb) => ({
          creditedMs: eb.ref('durationMs'),
          reportedMs: eb.ref('durationMs'),
          ...(part === 'photo' && {
            answeredAt: now,
            photoAcceptedAt: now,
            questionId: lecture.chapters[position - 1]!.bank[0]!.questionId,
          }),
        }))
        .where('position', '=', position)
        .where('attendanceId', 'in', (query) =>
          query.selectFrom('attendance').where('driverId', '=', driverId).select('id'),
        )
        .execute();
    },
    close: () => app.close(),
  };
}
