import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Heartbeat, HeartbeatReply, PlayState } from '#lib/domain/attendance/protocol.ts';
import type { Learner } from '#lib/domain/people/actor.ts';
import { answerQuestion } from '#lib/server/attendance/answer-question.ts';
import { acceptPhoto } from '#lib/server/attendance/accept-photo.ts';
import { getLecture } from '#lib/server/attendance/get-lecture.ts';
import { openViewing } from '#lib/server/attendance/open-viewing.ts';
import { reportHeartbeat } from '#lib/server/attendance/report-heartbeat.ts';
import { sendSurvey } from '#lib/server/attendance/send-survey.ts';
import { startAttendance } from '#lib/server/attendance/start-attendance.ts';
import { sweepViewings } from '#lib/server/attendance/sweep-viewings.ts';
import { segmentKey } from '#lib/server/media/segment-key.ts';
import { seedTestPeople } from '../../support/people.ts';
import { drawJpeg } from '../../support/photo.ts';
import { publishLecture, type PublishedLecture } from '../../support/published-lecture.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const CHAPTER_MS = 60_000;
const PEOPLE = ['hanako', 'akiko'] as const;

let test: TestApp;
let lecture: PublishedLecture;
let people: Awaited<ReturnType<typeof seedTestPeople>>;
const photo = drawJpeg();

beforeAll(async () => {
  test = await makeTestApp();
  people = await seedTestPeople(test.app);
  lecture = await publishLecture(test.app, [CHAPTER_MS, CHAPTER_MS]);
});
afterAll(() => test.close());

/** A player of this person: it reports what it plays, and the test moves the clock. */
class Player {
  sequence = 0;
  positionMs = 0;
  viewingId = '';
  readonly learner: Learner;
  constructor(learner: Learner) {
    this.learner = learner;
  }
  async open(chapterId: string) {
    const opened = await openViewing(test.app, this.learner, { chapterId });
    this.viewingId = opened.viewingId;
    this.sequence = 0;
    this.positionMs = opened.creditedMs;
    return opened;
  }
  beat(toMs: number, state: PlayState = 'playing', changes: Partial<Heartbeat> = {}): Promise<HeartbeatReply> {
    const { viewingId, positionMs: fromMs } = this;
    this.sequence += 1;
    this.positionMs = toMs;
    return reportHeartbeat(test.app, this.learner, {
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
    test.clock.advance(ms);
    return this.beat(this.positionMs + ms);
  }
  async watch(chapterId: string) {
    const { durationMs } = await this.open(chapterId);
    let reply: HeartbeatReply | undefined;
    while (this.positionMs < durationMs) reply = await this.play(Math.min(10_000, durationMs - this.positionMs));
    return reply;
  }
}

const credited = async (learner: Learner) =>
  (await getLecture(test.app, learner)).chapters.map((chapter) => chapter.creditedMs);

describe('a learner who watches', () => {
  it('takes the whole lecture, chapter by chapter, and gets a record', async () => {
    const learner = people.learner(PEOPLE[0]);
    const player = new Player(learner);
    await startAttendance(test.app, learner);
    for (const chapter of lecture.chapters) {
      expect(await player.watch(chapter.id)).toMatchObject({ outcome: 'credited', isChapterWatched: true });
      await answerQuestion(test.app, learner, chapter.id, { choiceId: chapter.wrongChoiceId });
      await acceptPhoto(test.app, learner, chapter.id, photo);
    }
    expect((await getLecture(test.app, learner)).next).toEqual({ kind: 'survey' });
    await sendSurvey(test.app, learner, { clarity: '5', usability: '4', comment: '' });
    const after = await getLecture(test.app, learner);
    expect(after).toMatchObject({ isComplete: true, next: { kind: 'done' } });
    const records = await test.app.db.selectFrom('completionRecord').select(['recordNumber', 'state']).execute();
    expect(records).toMatchObject([{ state: 'issued' }]);
  });

  it('finds in the ledger, when it is over, a few rows that cover each chapter', async () => {
    const rows = await test.app.db.selectFrom('watchedInterval').select(['fromMs', 'toMs']).orderBy('id').execute();
    expect(rows).toEqual([
      { fromMs: 0, toMs: CHAPTER_MS },
      { fromMs: 0, toMs: CHAPTER_MS },
    ]);
  });

  it('cannot begin again what is complete', async () => {
    const learner = people.learner(PEOPLE[0]);
    await expect(openViewing(test.app, learner, { chapterId: lecture.chapters[0]!.id })).rejects.toMatchObject({
      code: 'attendance_complete',
    });
    await expect(sendSurvey(test.app, learner, { clarity: '5', usability: '4', comment: '' })).rejects.toMatchObject({
      code: 'attendance_complete',
    });
  });
});

describe('a lecture on the way', () => {
  const learner = () => people.learner(PEOPLE[1]);
  const first = () => lecture.chapters[0]!;
  const second = () => lecture.chapters[1]!;
  let player: Player;

  beforeAll(() => startAttendance(test.app, learner()));
  beforeEach(() => {
    player = new Player(learner());
    test.clock.advance(3_600_000);
  });

  it('is one attendance however often consent is sent', async () => {
    await Promise.all([startAttendance(test.app, learner()), startAttendance(test.app, learner())]);
    const rows = await test.app.db.selectFrom('attendance').where('driverId', '=', learner().driverId).select('id').execute();
    expect(rows).toHaveLength(1);
  });

  it('hands out the keys of what may be watched now and of nothing later', async () => {
    const opened = await player.open(first().id);
    expect(opened).toMatchObject({ creditedMs: 0, releasedMs: 45_000 });
    const expected = Array.from({ length: 8 }, (_, index) =>
      segmentKey(lecture.masterSecret, first().videoId, index).toString('base64'),
    );
    expect(opened.grant).toEqual({ fromIndex: 0, keys: expected });
    const reply = await player.beat(0, 'playing', { keyCount: 100 });
    expect(reply).toMatchObject({ grant: { keys: [] } });
  });

  it('answers a repeated heartbeat with what holds now and changes nothing', async () => {
    await player.open(first().id);
    await player.play(3_000);
    player.sequence -= 1;
    test.clock.advance(5_000);
    expect(await player.beat(20_000)).toMatchObject({ outcome: 'credited', creditedMs: 3_000 });
    expect((await credited(learner()))[0]).toBe(3_000);
  });

  it('goes on at the credited second on another device, and stops the first one', async () => {
    await player.open(first().id);
    const other = new Player(learner());
    const opened = await other.open(first().id);
    expect(opened.creditedMs).toBe(3_000);
    expect(await player.play(5_000)).toEqual({ outcome: 'refused', code: 'viewing_superseded', creditedMs: 3_000 });
    expect(await other.play(5_000)).toMatchObject({ creditedMs: 3_000 + 10_000 - 5_000 });
  });

  it('earns no more with two devices at once than with one', async () => {
    const before = (await credited(learner()))[0]!;
    const other = new Player(learner());
    const startedAt = test.clock.now().getTime();
    for (let round = 0; round < 3; round += 1) {
      await player.open(first().id);
      await other.open(first().id);
      test.clock.advance(1_000);
      await Promise.all([player.beat(player.positionMs + 5_000), other.beat(other.positionMs + 5_000)]);
    }
    const earned = (await credited(learner()))[0]! - before;
    expect(earned).toBeGreaterThan(0);
    expect(earned).toBeLessThanOrEqual(test.clock.now().getTime() - startedAt);
  });

  it('opens one viewing when ten tabs ask at the same moment', async () => {
    const tabs = Array.from({ length: 10 }, () => new Player(learner()));
    await Promise.all(tabs.map((tab) => tab.open(first().id)));
    const live = await test.app.db.selectFrom('viewing').where('closedAt', 'is', null).select('id').execute();
    expect(live).toHaveLength(1);
  });

  it('refuses somebody else the viewing of this person', async () => {
    await player.open(first().id);
    const stranger = people.learner('ichiro');
    const { viewingId } = player;
    const beat = { viewingId, sequence: 1, fromMs: 0, toMs: 1_000, state: 'playing' as const, keyCount: 0 };
    expect(await reportHeartbeat(test.app, stranger, beat)).toEqual({
      outcome: 'refused',
      code: 'viewing_closed',
      creditedMs: 0,
    });
  });

  it('closes a viewing that has gone silent at its last heartbeat, and credits nothing for the silence', async () => {
    await player.open(first().id);
    const before = (await credited(learner()))[0]!;
    await player.play(2_000);
    const lastBeat = test.clock.now();
    test.clock.advance(46_000);
    expect(await player.beat(player.positionMs + 46_000)).toMatchObject({ outcome: 'refused', code: 'viewing_expired' });
    expect((await credited(learner()))[0]).toBe(before + 2_000);
    const closed = await test.app.db
      .selectFrom('viewing')
      .where('id', '=', player.viewingId)
      .select(['closedAt', 'closeReason'])
      .executeTakeFirstOrThrow();
    expect(closed).toEqual({ closedAt: lastBeat, closeReason: 'expired' });
  });

  it('is swept when no heartbeat comes any more', async () => {
    await player.open(first().id);
    await player.play(1_000);
    const lastBeat = test.clock.now();
    test.clock.advance(600_000);
    expect(await sweepViewings(test.app)).toBe(1);
    const rows = await test.app.db.selectFrom('viewing').where('id', '=', player.viewingId).select('closedAt').execute();
    expect(rows).toEqual([{ closedAt: lastBeat }]);
  });

  it('opens neither the next chapter, nor the question, nor the photo before the video has been watched', async () => {
    await expect(player.open(second().id)).rejects.toMatchObject({ code: 'chapter_locked' });
    await expect(
      answerQuestion(test.app, learner(), first().id, { choiceId: first().rightChoiceId }),
    ).rejects.toMatchObject({ code: 'chapter_not_watched' });
    await expect(acceptPhoto(test.app, learner(), first().id, photo)).rejects.toMatchObject({ code: 'chapter_not_watched' });
    await expect(
      sendSurvey(test.app, learner(), { clarity: '1', usability: '1', comment: '' }),
    ).rejects.toMatchObject({ code: 'survey_not_due' });
  });

  it('takes one answer, to its own question, and then a photo that is one', async () => {
    await player.watch(first().id);
    await expect(acceptPhoto(test.app, learner(), first().id, photo)).rejects.toMatchObject({ code: 'question_not_answered' });
    await expect(
      answerQuestion(test.app, learner(), first().id, { choiceId: second().rightChoiceId }),
    ).rejects.toMatchObject({ code: 'choice_unknown' });
    const answers = await Promise.allSettled(
      [first().rightChoiceId, first().wrongChoiceId].map((choiceId) =>
        answerQuestion(test.app, learner(), first().id, { choiceId }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);

    const refused = async (bytes: Buffer) =>
      acceptPhoto(test.app, learner(), first().id, bytes).then(
        () => 'accepted',
        (thrown: { code: string }) => thrown.code,
      );
    expect(await refused(Buffer.from('<html>'))).toBe('photo_not_an_image');
    expect(await refused(Buffer.alloc(0))).toBe('photo_not_an_image');
    expect(await refused(photo.subarray(0, photo.length / 2))).toBe('photo_not_an_image');
    expect(await refused(Buffer.alloc(50 * 1024 * 1024))).toBe('photo_too_large');
    expect(await refused(drawJpeg(100, 100))).toBe('photo_too_small');
    expect(await refused(photo)).toBe('accepted');
    expect(await refused(photo)).toBe('photo_not_due');
  });

  it('stops at completion when a row of the ledger is missing', async () => {
    await player.watch(second().id);
    await answerQuestion(test.app, learner(), second().id, { choiceId: second().rightChoiceId });
    await acceptPhoto(test.app, learner(), second().id, photo);
    const { db } = test.app;
    await expect(db.deleteFrom('watchedInterval').execute()).rejects.toThrow('append-only');
    // Only the owner of the database can do this, by taking the guard away.
    const { pool } = test.app;
    await pool.query('alter table watched_interval disable trigger all');
    await pool.query('delete from watched_interval where id = (select max(id) from watched_interval)');
    await pool.query('alter table watched_interval enable trigger all');
    await expect(
      sendSurvey(test.app, learner(), { clarity: '3', usability: '3', comment: '' }),
    ).rejects.toMatchObject({ code: 'ledger_disagrees' });
    expect((await getLecture(test.app, learner())).isComplete).toBe(false);
  });
});

describe('somebody who may not take the lecture', () => {
  it.each(['kenta', 'masao', 'yumi', 'shota', 'naoko', 'daisuke'])('cannot begin: %s', async (id) => {
    await expect(startAttendance(test.app, people.learner(id))).rejects.toMatchObject({ code: 'not_eligible' });
  });
});
