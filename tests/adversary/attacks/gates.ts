import { expect } from 'vitest';
import { drawJpeg } from '../../support/photo.ts';
import { finishChapter, makeScene, watchHonestly, type Attack, type Scene } from '../support/scene.ts';

const PHOTO = drawJpeg();

const countRows = async ({ victim, learner }: Scene, table: 'answer' | 'facePhoto') => {
  const rows = await victim.app.db
    .selectFrom(table)
    .innerJoin('attendance as a', 'a.id', `${table}.attendanceId`)
    .where('a.driverId', '=', learner.driverId)
    .select('a.id')
    .execute();
  return rows.length;
};

/** Wants the answer, the photo, the survey or the record before its turn. */
export const GATES: readonly Attack[] = [
  {
    name: 'The question is answered before the chapter has been watched, with every choice there is',
    happens: 'refused (`chapter_not_watched`); nothing is kept of it',
    lecture: 'short',
    async run(scene) {
      const { me, first, second } = scene;
      await me.open(first.id);
      for (const chapter of [first, second]) {
        for (const choice of [chapter.rightChoiceId, chapter.wrongChoiceId]) {
          expect((await me.answer(chapter.id, choice)).code).toBe('chapter_not_watched');
        }
      }
      expect(await countRows(scene, 'answer')).toBe(0);
    },
  },
  {
    name: 'The question is tried again and again, in parallel, until the answer is right',
    happens: 'one answer is taken (`already_answered`); what is right is told only after it',
    lecture: 'short',
    async run(scene) {
      const { me, first } = scene;
      await watchHonestly(me, await me.open(first.id));
      const page = await me.send(`/lecture/${first.id}/question`);
      expect(page.text).toContain(first.rightChoiceId);
      expect(page.text).not.toMatch(/isRight|is_right|explanation|解説/);
      const tries = Array.from({ length: 10 }, (_, index) =>
        me.answer(first.id, index % 2 ? first.rightChoiceId : first.wrongChoiceId),
      );
      const statuses = (await Promise.all(tries)).map(({ status }) => status);
      expect(statuses.filter((status) => status === 303)).toHaveLength(1);
      expect(await countRows(scene, 'answer')).toBe(1);
      expect((await me.answer(first.id, first.rightChoiceId)).code).toBe('already_answered');
    },
  },
  {
    name: 'The photo is sent before the video, and before the answer',
    happens: 'refused (`chapter_not_watched`, `question_not_answered`); no picture is kept',
    lecture: 'short',
    async run(scene) {
      const { me, first } = scene;
      expect((await me.photo(first.id, PHOTO)).code).toBe('chapter_not_watched');
      await watchHonestly(me, await me.open(first.id));
      expect((await me.photo(first.id, PHOTO)).code).toBe('question_not_answered');
      expect(await countRows(scene, 'facePhoto')).toBe(0);
      await me.answer(first.id, first.wrongChoiceId);
      for (const wrong of [Buffer.from('GIF89a'), PHOTO.subarray(0, 500), Buffer.alloc(0)]) {
        expect((await me.photo(first.id, wrong)).code).toBe('photo_not_an_image');
      }
      expect(await countRows(scene, 'facePhoto')).toBe(0);
    },
  },
  {
    name: 'The photo is sent in the session of another person, who is further',
    happens: 'goes to the person of the session or to nobody, and out of turn is refused',
    lecture: 'short',
    async run(scene) {
      const { me, first, victim } = scene;
      const other = await makeScene(victim, 'short');
      await watchHonestly(me, await me.open(first.id));
      await me.answer(first.id, first.rightChoiceId);
      expect((await other.me.photo(first.id, PHOTO)).code).toBe('chapter_not_watched');
      expect((await other.me.answer(first.id, first.rightChoiceId)).code).toBe('chapter_not_watched');
      expect([await countRows(scene, 'facePhoto'), await countRows(other, 'facePhoto')]).toEqual([0, 0]);
      expect((await me.photo(first.id, PHOTO)).status).toBe(303);
    },
  },
  {
    name: 'The survey is sent first, after one chapter, and ten times at once at the end',
    happens: 'refused until all is done (`survey_not_due`); at the end there is one record',
    lecture: 'short',
    isCompleted: true,
    async run(scene) {
      const { me, first, second } = scene;
      expect((await me.survey()).code).toBe('survey_not_due');
      await finishChapter(scene, first, PHOTO);
      expect((await me.survey()).code).toBe('survey_not_due');
      await finishChapter(scene, second, PHOTO);
      const sent = await Promise.all(Array.from({ length: 10 }, () => me.survey()));
      expect(sent.filter(({ status }) => status === 303).length).toBe(1);
    },
  },
  {
    name: 'The record is asked for before the lecture is complete, and pages of later steps are opened',
    happens: 'there is none to show; every page leads back to the step that is next',
    lecture: 'short',
    async run({ me, first, second }) {
      const record = await me.send('/record');
      expect(record.text).not.toMatch(/\d{4}-\d{4}-\d{4}|recordNumber:"/);
      for (const path of [`/lecture/${second.id}/watch`, `/lecture/${first.id}/photo`, '/survey']) {
        expect((await me.send(path)).status).toBe(303);
      }
    },
  },
  {
    name: 'Heartbeats and openings after the lecture is complete',
    happens: 'earn nothing (`viewing_closed`, `attendance_complete`); the record stays as it is',
    lecture: 'short',
    isCompleted: true,
    async run(scene) {
      const { me, first, second } = scene;
      await finishChapter(scene, first, PHOTO);
      const opened = await me.open(second.id);
      await watchHonestly(me, opened);
      await me.answer(second.id, second.wrongChoiceId);
      await me.photo(second.id, PHOTO);
      expect((await me.survey()).status).toBe(303);
      for (const chapter of [first, second]) expect(await me.tryOpen(chapter.id)).toBe('attendance_complete');
      const late = {
        viewingId: opened.viewingId,
        sequence: 1_000,
        fromMs: 0,
        toMs: 4_000,
        state: 'playing',
      } as const;
      expect(await me.beat(late)).toMatchObject({ outcome: 'refused' });
      expect((await me.survey()).code).toBe('attendance_complete');
    },
  },
];
