import { redirect } from '@sveltejs/kit';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt } from '#lib/http/refusals.ts';
import { answerQuestion, AnswerQuestion, getQuestion } from '#lib/server/attendance/answer-question.ts';
import { loadStep } from '../chapter-page.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const csr = false;

export const load: PageServerLoad = async (event) => {
  const { learner, lecture, chapter, leftMs } = await loadStep(event, 'question');
  const question = await getQuestion(event.locals.app, learner, chapter.chapterId);
  return { chapter, chapterCount: lecture.chapters.length, leftMs, question };
};

export const actions: Actions = {
  default: async (event) => {
    const learner = requireActor(event, 'learner');
    const { chapter } = event.params;
    const refused = await attempt(async () => {
      await answerQuestion(
        event.locals.app,
        learner,
        chapter,
        await parseForm(event.request, AnswerQuestion),
      );
    });
    return refused ?? redirect(303, `/lecture/${chapter}/answer`);
  },
};
