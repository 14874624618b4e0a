import type { EditionState } from '#lib/domain/lectures/edition-states.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import type { OnlineLectureClass } from '#lib/domain/renewal/lecture-class.ts';
import type { App } from '../app.ts';
import { listEditionsOfCommission, listLecturesOfCommission } from './edition.queries.ts';

/** The lectures of the administrator's commission, each with its editions, the newest first. */
export async function listLectures(app: App, administrator: Administrator) {
  const [lectures, editions] = await Promise.all([
    listLecturesOfCommission(app.db, administrator.commissionCode),
    listEditionsOfCommission(app.db, administrator.commissionCode),
  ]);
  // The tables' check constraints list the same classes and states.
  return lectures.map((lecture) => ({
    ...lecture,
    lectureClass: lecture.lectureClass as OnlineLectureClass,
    editions: editions
      .filter(({ lectureId }) => lectureId === lecture.id)
      .map((edition) => ({ ...edition, state: edition.state as EditionState })),
  }));
}
