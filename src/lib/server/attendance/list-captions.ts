import { orderLanguages, type LanguageCode } from '#lib/domain/lectures/languages.ts';
import type { Learner } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { listCaptionLanguages } from './attendance.queries.ts';
import { getRunningAttendance } from './lock-step.ts';

/**
 * The languages in which there are captions for the video that the learner watches in a chapter: those of the languages that share it. Captions of a
 * language with a video of its own run by that one's clock. So do descriptions: what is only to be seen, in words.
 */
export async function listCaptions(
  app: App,
  learner: Learner,
  chapterId: string,
  kind: 'captions' | 'descriptions' = 'captions',
): Promise<LanguageCode[]> {
  const attendance = await getRunningAttendance(app, app.db, learner);
  const written = await listCaptionLanguages(app.db, attendance.id, chapterId, kind);
  return orderLanguages(attendance.languages).filter((language) => written.includes(language));
}
