import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Learner } from '#lib/domain/people/actor.ts';
import { openViewing } from '#lib/server/attendance/open-viewing.ts';
import { startAttendance } from '#lib/server/attendance/start-attendance.ts';
import { manyDrivers } from '../../support/many-drivers.ts';
import { publishLecture, type PublishedLecture } from '../../support/published-lecture.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { TestPlayer } from '../../support/test-player.ts';

const { viewingOpeningsPerMinute: OPENINGS, heartbeatsUnansweredPerPerson: UNANSWERED } = LIMITS;

let test: TestApp;
let lecture: PublishedLecture;
let people: Learner[];
let learner: Learner;

beforeAll(async () => {
  test = await makeTestApp();
  people = await manyDrivers(test.app, 8);
  lecture = await publishLecture(test.app, [300_000]);
});
afterAll(() => test.close());
beforeEach(async () => {
  learner = people.pop()!;
  await startAttendance(test.app, learner);
});

const chapterId = () => lecture.chapters[0]!.id;
const openOnce = (who: Learner) => openViewing(test.app, who, { chapterId: chapterId() });

describe('somebody who opens viewings in a loop', () => {
  it('is told to wait after sixty in a minute, loses nothing, and harms nobody else', async () => {
    const other = people.pop()!;
    await startAttendance(test.app, other);
    const player = new TestPlayer(test, learner);
    for (let opening = 0; opening < OPENINGS; opening += 1) await player.open(chapterId());
    await expect(openOnce(learner)).rejects.toMatchObject({
      code: 'too_many_requests',
      detail: { minutes: 1 },
    });
    expect(await player.play(5_000)).toMatchObject({ outcome: 'credited', creditedMs: 5_000 });
    expect(await openOnce(other)).toMatchObject({ creditedMs: 0 });
    test.clock.advance(60_001);
    expect(await openOnce(learner)).toMatchObject({ creditedMs: 5_000 });
  });

  it('gets no further by asking for all of them at once', async () => {
    const asked = Array.from({ length: OPENINGS + 20 }, () =>
      openOnce(learner).then(
        () => 'opened',
        (refusal: { code: string }) => refusal.code,
      ),
    );
    const answers = await Promise.all(asked);
    expect(answers.filter((answer) => answer === 'opened')).toHaveLength(OPENINGS);
    expect(answers.filter((answer) => answer === 'too_many_requests')).toHaveLength(20);
  });

  it('is not taken for somebody who reloads every two seconds', async () => {
    const player = new TestPlayer(test, learner);
    for (let reload = 0; reload < OPENINGS; reload += 1) {
      const { creditedMs } = await player.open(chapterId());
      expect(creditedMs).toBe(reload * 2_000);
      await player.play(2_000);
    }
  });
});

describe('somebody who sends heartbeats without waiting for answers', () => {
  it('is told to wait for all that come beyond what a player would leave unanswered; others are answered', async () => {
    const other = people.pop()!;
    await startAttendance(test.app, other);
    const [player, honest] = [new TestPlayer(test, learner), new TestPlayer(test, other)];
    await player.open(chapterId());
    await honest.open(chapterId());
    test.clock.advance(1_000);
    const flood = Array.from({ length: 200 }, () =>
      player.beat(1_000, 'playing', { fromMs: 0, sequence: 1 }).then(
        ({ outcome }) => outcome as string,
        (refusal: { code: string }) => refusal.code,
      ),
    );
    expect(await honest.beat(1_000)).toMatchObject({ outcome: 'credited', creditedMs: 1_000 });
    const answers = await Promise.all(flood);
    expect(answers.filter((answer) => answer === 'credited')).toHaveLength(UNANSWERED);
    expect(answers.filter((answer) => answer === 'too_many_requests')).toHaveLength(200 - UNANSWERED);
    player.sequence = 1;
    expect(await player.play(2_000)).toMatchObject({ outcome: 'credited', creditedMs: 3_000 });
  });
});

describe('a viewing that is opened while another process holds its rows in the other order', () => {
  it('is opened all the same', async () => {
    const client = new pg.Client({ connectionString: test.app.config.databaseUrl });
    await client.connect();
    await client.query('begin');
    // Whoever asks first whether this is a deadlock is undone: it shall not be this one.
    await client.query(`set local deadlock_timeout = '10min'`);
    await client.query('select 1 from chapter_attendance for update');
    const opening = openOnce(learner);
    const isWaiting = async () => {
      const { rows } = await test.app.pool.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return rows.length > 0;
    };
    while (!(await isWaiting()));
    await client.query('select 1 from attendance for update');
    await client.query('commit');
    await client.end();
    expect(await opening).toMatchObject({ creditedMs: 0 });
  });
});
