import { z } from 'zod';
import { filterEditions } from '#lib/domain/lectures/edition-filter.ts';
import { EDITION_STATES, hasBeenPublished, type EditionState } from '#lib/domain/lectures/edition-states.ts';
import { LANGUAGE_CODES, orderLanguages } from '#lib/domain/lectures/languages.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import type { OnlineLectureClass } from '#lib/domain/renewal/lecture-class.ts';
import type { App } from '../app.ts';
import type { Database } from '../db/database.ts';
import {
  listEditionsOfCommission,
  listLecturesOfCommission,
  listNationalCommissions,
} from './edition.queries.ts';

/** As an address says it; what makes no sense narrows nothing. */
export const ListEditions = z.object({
  commission: z.enum(['own', 'national']).catch('own'),
  lectureClass: z.enum(['excellent', 'general']).nullable().catch(null),
  language: z.enum(LANGUAGE_CODES).nullable().catch(null),
  state: z.enum(EDITION_STATES).nullable().catch(null),
});

async function listOf(db: Database, commissionCode: string) {
  const [lectures, editions] = await Promise.all([
    listLecturesOfCommission(db, commissionCode),
    listEditionsOfCommission(db, commissionCode),
  ]);
  return lectures.map((lecture) => ({
    ...lecture,
    // As the tables' check constraints have them.
    lectureClass: lecture.lectureClass as OnlineLectureClass,
    editions: editions
      .filter(({ lectureId }) => lectureId === lecture.id)
      .map((edition) => ({
        ...edition,
        state: edition.state as EditionState,
        languages: orderLanguages(edition.languages),
      })),
  }));
}

/**
 * The lectures of the administrator's commission, or the national ones, with their editions as far as the filter leaves them, and how many
 * editions there are in each state. Of another commission only what has been published is told.
 */
export async function listEditions(
  app: App,
  { commissionCode }: Administrator,
  { commission, ...filter }: z.output<typeof ListEditions>,
) {
  const national = await listNationalCommissions(app.db);
  const codes = commission === 'own' ? [commissionCode] : national;
  const found = await Promise.all(
    codes.map(async (code) => ({ code, lectures: await listOf(app.db, code) })),
  );
  const seen = found.flatMap(({ code, lectures }) =>
    lectures.map((lecture) => ({
      ...lecture,
      isOwn: code === commissionCode,
      hasDraft: lecture.editions.some(({ state }) => state === 'draft'),
      editionCount: lecture.editions.length,
      editions: lecture.editions.filter(({ state }) => code === commissionCode || hasBeenPublished(state)),
    })),
  );
  const lectures = seen.filter(({ isOwn, editions }) => isOwn || editions.length > 0);
  return { ...filterEditions(lectures, filter), hasNational: national.length > 0 };
}
