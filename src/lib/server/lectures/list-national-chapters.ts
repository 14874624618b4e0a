import { orderLanguages } from '#lib/domain/lectures/languages.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import type { OnlineLectureClass } from '#lib/domain/renewal/lecture-class.ts';
import type { App } from '../app.ts';
import { listChapters } from './chapter.queries.ts';
import { listNationalEditions } from './edition.queries.ts';
import { getEdition } from './get-edition.ts';

/**
 * What an administrator may take over into an edition of his own: the chapters of all published national editions, each with whether it is there already.
 * Refused: `not_found`, `not_allowed` (the edition).
 */
export async function listNationalChapters(app: App, administrator: Administrator, editionId: string) {
  const edition = await getEdition(app, administrator, editionId);
  const taken = new Set(
    (await listChapters(app.db, editionId)).map(({ originChapterId }) => originChapterId),
  );
  const lectures = await Promise.all(
    (await listNationalEditions(app.db)).map(
      async ({ id, number, languages, lectureClass, titleJa, titleEn }) => ({
        ...{ id, number, titleJa, titleEn },
        languages: orderLanguages(languages),
        lectureClass: lectureClass as OnlineLectureClass, // as the table's check constraint has it
        chapters: (await listChapters(app.db, id)).map(
          ({ id: chapterId, position, versions, questions }) => ({
            ...{ id: chapterId, position, versions, questionCount: questions.length },
            durationMs: versions.ja?.durationMs ?? null,
            isTaken: taken.has(chapterId),
          }),
        ),
      }),
    ),
  );
  return { edition, lectures };
}
