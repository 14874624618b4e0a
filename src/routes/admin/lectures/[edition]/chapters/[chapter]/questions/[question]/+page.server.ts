import { error, fail, redirect } from '@sveltejs/kit';
import { Refusal } from '#lib/domain/refusal.ts';
import { isSmallBody } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { orErrorPage, refusalStatus, viewRefusal } from '#lib/http/refusals.ts';
import { getChapter } from '#lib/server/lectures/get-edition.ts';
import { saveQuestion, SaveQuestion } from '#lib/server/lectures/save-question.ts';
import type { Actions, PageServerLoad } from './$types.ts';
import { readQuestionForm } from './read-question-form.ts';

const NEW = 'new';

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  const { edition, chapter } = await orErrorPage(() =>
    getChapter(event.locals.app, administrator, event.params.edition, event.params.chapter),
  );
  if (edition.state !== 'draft' || chapter.originChapterId !== null)
    redirect(303, `/admin/lectures/${edition.id}`);
  const wanted = event.params.question;
  const index = chapter.questions.findIndex(({ id }) => id === wanted);
  if (wanted !== NEW && index === -1) error(404);
  const number = wanted === NEW ? chapter.questions.length + 1 : index + 1;
  return { edition, chapter, number, question: chapter.questions[index] ?? null };
};

export const actions: Actions = {
  default: async (event) => {
    const administrator = requireActor(event, 'administrator');
    const { edition: editionId, chapter: chapterId, question } = event.params;
    let values: ReturnType<typeof readQuestionForm> | null = null;
    try {
      if (!isSmallBody(event.request)) throw new Refusal('malformed', { field: '' });
      values = readQuestionForm(await event.request.formData());
      const questionId = question === NEW ? null : question;
      const parsed = SaveQuestion.safeParse({ ...values, editionId, chapterId, questionId });
      if (!parsed.success)
        throw new Refusal('malformed', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
      await saveQuestion(event.locals.app, administrator, parsed.data);
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      return fail(refusalStatus(thrown.code), { refusal: viewRefusal(thrown), values });
    }
    redirect(303, `/admin/lectures/${editionId}/chapters/${chapterId}?saved&question#bank`);
  },
};
