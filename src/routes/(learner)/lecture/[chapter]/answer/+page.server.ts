import { redirect } from '@sveltejs/kit';
import { Refusal } from '#lib/domain/refusal.ts';
import { requireActor } from '#lib/http/guards.ts';
import { getAnsweredQuestion } from '#lib/server/attendance/answer-question.ts';
import { getLecture } from '#lib/server/attendance/get-lecture.ts';
import { leftMs } from '../../left-ms.ts';
import { stepAddress } from '../../step-address.ts';
import type { PageServerLoad } from './$types.ts';

export const csr = false;

export const load: PageServerLoad = async (event) => {
  const learner = requireActor(event, 'learner');
  const { app } = event.locals;
  try {
    const question = await getAnsweredQuestion(app, learner, event.params.chapter);
    const { next, chapters } = await getLecture(app, learner);
    return { question, nextAddress: stepAddress(next), leftMs: leftMs(chapters) };
  } catch (thrown) {
    if (thrown instanceof Refusal) redirect(303, '/lecture');
    throw thrown;
  }
};
