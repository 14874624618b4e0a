import type { Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '#lib/server/app.ts';
import { createEdition } from '#lib/server/lectures/create-edition.ts';
import { createLecture } from '#lib/server/lectures/create-lecture.ts';
import { finishEdition } from '#lib/server/lectures/finish-edition.ts';
import { getEdition } from '#lib/server/lectures/get-edition.ts';
import { listLectures } from '#lib/server/lectures/list-lectures.ts';
import { publishEdition } from '#lib/server/lectures/publish-edition.ts';
import { removeChapter } from '#lib/server/lectures/remove-chapter.ts';
import { takeOverChapter } from '#lib/server/lectures/take-over-chapter.ts';
import type { SampleLecture } from '../sample-lecture/make-sample-lecture.ts';
import { checkQuestions } from './check-questions.ts';
import { composeChapter } from './compose-chapter.ts';

/**
 * Composes and publishes a sample lecture by an administrator's own operations, its questions checked by a colleague; answers its edition. `videoIds` are the ready
 * videos of its chapters, in order; `taken` says, by index, which of them are taken over from the national library instead. One that is published already stays as
 * it is; a draft that was left half-way is written anew.
 */
export async function seedLecture(
  app: App,
  { administrator, colleague }: { administrator: Administrator; colleague: Administrator },
  sample: SampleLecture,
  videoIds: readonly string[],
  taken: ReadonlyMap<number, string> = new Map(),
): Promise<string> {
  const { lectureClass, titleJa, titleEn, chapters } = sample;
  const known = (await listLectures(app, administrator)).find(
    (lecture) => lecture.lectureClass === lectureClass && lecture.titleJa === titleJa,
  );
  const published = known?.editions.find(({ state }) => state === 'published');
  if (published) return published.id;
  const ready = known?.editions.find(({ state }) => state === 'ready');
  if (ready) {
    const { version } = await getEdition(app, administrator, ready.id);
    await publishEdition(app, administrator, { editionId: ready.id, version });
    return ready.id;
  }

  const lectureId =
    known?.id ?? (await createLecture(app, administrator, { lectureClass, titleJa, titleEn }));
  const editionId = await createEdition(app, administrator, { lectureId, from: 'nothing' });
  const draft = await getEdition(app, administrator, editionId);
  let { version } = draft;
  for (const { id: chapterId } of draft.chapters) {
    version = await removeChapter(app, administrator, { editionId, version, chapterId });
  }
  for (const [index, { titleJa, titleEn, captionsJa, captionsEn, question }] of chapters.entries()) {
    const originChapterId = taken.get(index);
    if (originChapterId !== undefined) {
      ({ version } = await takeOverChapter(app, administrator, { editionId, version, originChapterId }));
      continue;
    }
    const videoId = videoIds[index];
    if (videoId === undefined) throw new Error(`no video was made of ${titleJa}`);
    const content = {
      versions: {
        ja: { title: titleJa, videoId, captions: captionsJa },
        en: { title: titleEn, videoId: null, captions: captionsEn },
      },
      questions: [question],
    };
    ({ version } = await composeChapter(app, administrator, { editionId, version }, content));
  }
  await checkQuestions(app, colleague, editionId);
  await finishEdition(app, administrator, { editionId, version });
  await publishEdition(app, administrator, { editionId, version: version + 1 });
  return editionId;
}
