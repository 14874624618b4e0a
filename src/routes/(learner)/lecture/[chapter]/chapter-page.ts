import { redirect } from '@sveltejs/kit';
import type { Step } from '#lib/domain/attendance/steps.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { requireActor } from '#lib/http/guards.ts';
import { getLecture } from '#lib/server/attendance/get-lecture.ts';
import { leftMs } from '../left-ms.ts';
import { stepAddress } from '../step-address.ts';

/** The lecture and the chapter of a step's page; somebody whose next step is another one is taken there. */
export async function loadStep(
  event: Parameters<typeof requireActor>[0] & { params: { chapter: string } },
  kind: Extract<Step, { chapterId: string }>['kind'],
) {
  const learner = requireActor(event, 'learner');
  const lecture = await getLecture(event.locals.app, learner).catch((thrown: unknown) => {
    if (thrown instanceof Refusal) redirect(303, '/eligibility');
    throw thrown;
  });
  const { next } = lecture;
  const chapter = lecture.chapters.find(({ chapterId }) => chapterId === event.params.chapter);
  if (!chapter || next.kind !== kind || next.chapterId !== chapter.chapterId)
    redirect(303, stepAddress(next));
  return { learner, lecture, chapter, leftMs: leftMs(lecture.chapters) };
}
