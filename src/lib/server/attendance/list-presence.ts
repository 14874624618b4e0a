import type { App } from '../app.ts';
import { listPresenceOf } from './presence.queries.ts';

/** Presence checks of one chapter as they came out. */
export interface ChapterPresence {
  readonly chapterId: string;
  readonly checks: number;
  readonly passed: number;
  /** How often the answer stayed away; the chapter was taken back then, and asked again. */
  readonly missed: number;
}

/** By chapter, for those that had any. */
export function listPresence(app: Pick<App, 'db'>, attendanceId: string): Promise<ChapterPresence[]> {
  return listPresenceOf(app.db, attendanceId);
}
