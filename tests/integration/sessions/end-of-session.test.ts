import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAttendance } from '#lib/server/attendance/start-attendance.ts';
import type { App } from '#lib/server/app.ts';
import { createSession } from '#lib/server/sessions/create-session.ts';
import { findActor } from '#lib/server/sessions/find-actor.ts';
import { officersOf } from '../../support/officers-with-passkeys.ts';
import { seedTestPeople } from '../../support/people.ts';
import { publishLecture, type PublishedLecture } from '../../support/published-lecture.ts';
import { signInLearner } from '../../support/sessions.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { TestPlayer } from '../../support/test-player.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MORNING = '2026-11-22T23:00:00Z'; // eight o'clock in Japan

let test: TestApp;
let app: App;
let people: Awaited<ReturnType<typeof seedTestPeople>>;
let lecture: PublishedLecture;

beforeAll(async () => {
  test = await makeTestApp({ now: MORNING });
  app = test.app;
  people = await seedTestPeople(app);
  lecture = await publishLecture(app, [2 * HOUR]);
});
afterAll(() => test.close());
beforeEach(() => test.clock.set(MORNING));

const driverOf = (id: string) => people.driverIds.get(id)!;
const officerSession = async (name: string) => {
  const { officerId } = await officersOf(app).newOfficer(name);
  return createSession(app, {
    personKind: 'officer',
    method: 'passkey',
    personId: officerId,
    credentialId: null,
    userAgent: '',
  });
};

/** Looks at a page every half hour for so long. */
async function useFor(token: string, ms: number): Promise<void> {
  const until = app.clock.now().getTime() + ms;
  while (app.clock.now().getTime() < until) {
    test.clock.advance(Math.min(25 * MINUTE, until - app.clock.now().getTime()));
    await findActor(app, token);
  }
}

describe('a session that is left alone', () => {
  it('is there after 59 minutes and gone after 61, for a learner', async () => {
    const [stays, goes] = [
      await signInLearner(app, driverOf('hanako')),
      await signInLearner(app, driverOf('ichiro')),
    ];
    test.clock.advance(59 * MINUTE);
    expect(await findActor(app, stays.token)).not.toBeNull();
    test.clock.advance(2 * MINUTE);
    expect(await findActor(app, goes.token)).toBeNull();
    expect(await findActor(app, stays.token)).not.toBeNull();
    test.clock.advance(60 * MINUTE);
    expect(await findActor(app, stays.token)).toBeNull();
  });

  it('is there after 29 minutes and gone after 31, for an officer', async () => {
    const { token } = await officerSession('席 外す');
    test.clock.advance(29 * MINUTE);
    expect(await findActor(app, token)).not.toBeNull();
    test.clock.advance(31 * MINUTE);
    expect(await findActor(app, token)).toBeNull();
  });

  it('does not come back when the clock is put back: its row is gone', async () => {
    const { token } = await signInLearner(app, driverOf('hanako'));
    test.clock.advance(61 * MINUTE);
    expect(await findActor(app, token)).toBeNull();
    test.clock.set(MORNING);
    expect(await findActor(app, token)).toBeNull();
  });

  it('is not kept by what its page asks for by itself', async () => {
    const { token } = await signInLearner(app, driverOf('hanako'));
    for (let minute = 0; minute < 59; minute += 1) {
      test.clock.advance(MINUTE);
      expect(await findActor(app, token, { isByItself: true })).not.toBeNull();
    }
    test.clock.advance(MINUTE);
    expect(await findActor(app, token, { isByItself: true })).toBeNull();
  });

  it('is written to at most once a minute', async () => {
    const { token, learner } = await signInLearner(app, driverOf('hanako'));
    const seen = async () => {
      const { rows } = await app.pool.query<{ last_seen_at: Date }>(
        'select last_seen_at from session where id_sha256 = $1',
        [learner.sessionIdSha256],
      );
      return rows[0]!.last_seen_at.toISOString();
    };
    test.clock.advance(59_000);
    await findActor(app, token);
    expect(await seen()).toBe('2026-11-22T23:00:00.000Z');
    test.clock.advance(1_000);
    await findActor(app, token);
    expect(await seen()).toBe('2026-11-22T23:01:00.000Z');
  });
});

describe('a session that is used all day', () => {
  it('is over after twelve hours', async () => {
    const { token } = await signInLearner(app, driverOf('hanako'));
    await useFor(token, 12 * HOUR - 1);
    expect(await findActor(app, token)).not.toBeNull();
    test.clock.advance(1);
    expect(await findActor(app, token)).toBeNull();
  });

  it('is over after twelve hours for an officer too', async () => {
    const { token } = await officerSession('一日 働く');
    await useFor(token, 12 * HOUR - 1);
    expect(await findActor(app, token)).not.toBeNull();
    test.clock.advance(1);
    expect(await findActor(app, token)).toBeNull();
  });
});

describe('a session in which a lecture is watched', () => {
  /** Plays without any other request. */
  async function watch(player: TestPlayer, ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 30_000) {
      test.clock.advance(30_000);
      const reply = await player.beat(player.positionMs + 30_000);
      if (reply.outcome === 'refused') throw new Error(reply.code);
    }
  }

  it('stays through 90 minutes of heartbeats, and long enough to answer the question', async () => {
    const { token, learner } = await signInLearner(app, driverOf('akiko'));
    await startAttendance(app, learner);
    const player = new TestPlayer(test, learner);
    await player.open(lecture.chapters[0]!.id);
    await watch(player, 90 * MINUTE);
    expect(await findActor(app, token, { isByItself: true })).not.toBeNull();
    test.clock.advance(59 * MINUTE);
    expect(await findActor(app, token)).not.toBeNull();
  });

  it('outlives its twelve hours while the lecture goes on, and not the fifteen', async () => {
    const { token, learner } = await signInLearner(app, driverOf('hanako'));
    await startAttendance(app, learner);
    await useFor(token, 11.5 * HOUR);
    const player = new TestPlayer(test, learner);
    await player.open(lecture.chapters[0]!.id);
    await watch(player, 60 * MINUTE);
    expect(await findActor(app, token), 'at twelve and a half').not.toBeNull();
    test.clock.advance(14 * MINUTE);
    expect(await findActor(app, token), 'before question and photo').not.toBeNull();
    test.clock.advance(2 * MINUTE);
    expect(await findActor(app, token), 'when nothing comes any more').toBeNull();
  });

  it('ends at the hard end in the middle of a lecture', async () => {
    const { token, learner } = await signInLearner(app, driverOf('ichiro'));
    await useFor(token, 12 * HOUR - MINUTE);
    await app.pool.query(
      `insert into attendance (driver_id, edition_id, lecture_class, period_start, period_end, consented_at, consent_version)
       values ($1, $2, 'excellent', '2026-10-01', '2026-12-31', now(), '1')`,
      [learner.driverId, lecture.editionId],
    );
    await app.pool.query(
      `insert into chapter_attendance (attendance_id, chapter_id, video_id, position, duration_ms)
       select id, $2, $3, 1, 1 from attendance where driver_id = $1`,
      [learner.driverId, lecture.chapters[0]!.id, lecture.chapters[0]!.videoId],
    );
    await app.pool.query(
      `insert into viewing (attendance_id, chapter_id, driver_id, session_id_sha256, opened_at, last_beat_at, run_from_ms,
                            run_to_ms, run_started_at, run_ended_at)
       select id, $2, driver_id, $3, $4, $4, 0, 0, $4, $4 from attendance where driver_id = $1`,
      [learner.driverId, lecture.chapters[0]!.id, learner.sessionIdSha256, app.clock.now()],
    );
    const beat = () =>
      app.pool.query('update viewing set last_beat_at = $2 where session_id_sha256 = $1', [
        learner.sessionIdSha256,
        app.clock.now(),
      ]);
    for (let minutes = 0; minutes < 180; minutes += 10) {
      test.clock.advance(10 * MINUTE);
      await beat();
      expect(await findActor(app, token)).not.toBeNull();
    }
    test.clock.advance(MINUTE - 1);
    await beat();
    expect(await findActor(app, token)).not.toBeNull();
    test.clock.advance(1);
    expect(await findActor(app, token)).toBeNull();
  });
});
