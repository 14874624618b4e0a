import { redirect } from '@sveltejs/kit';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt } from '#lib/http/refusals.ts';
import { answerPreview, AnswerPreview, drawPreviewQuestion } from '#lib/server/lectures/preview-question.ts';
import { previewAddress } from '../../preview-address.ts';
import { loadChapter } from '../load-chapter.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const { administrator, ids, edition, chapter } = await loadChapter(event);
  const { language } = edition;
  const questionId = event.url.searchParams.get('question');
  const hasBank = chapter.questions.length > 0;
  const question = hasBank
    ? await drawPreviewQuestion(event.locals.app, administrator, ids, { language, questionId })
    : null;
  return { edition, chapter, question };
};

export const actions: Actions = {
  default: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      const answer = await parseForm(event.request, AnswerPreview);
      await answerPreview(event.locals.app, administrator, answer);
      const { editionId: id, chapterId, questionId, language } = answer;
      redirect(303, `${previewAddress({ id, language }, chapterId, 'answer')}&question=${questionId}`);
    }),
};
