import { ONLINE_LECTURE_MINUTES, type OnlineLectureClass } from './lecture-class.ts';

/** What an online lecture is made of, in the order in which it comes. */
export const LECTURE_PARTS = ['signIn', 'consent', 'video', 'gates', 'survey'] as const;
export type LecturePart = (typeof LECTURE_PARTS)[number];

/** 初回連携: a document to read and to sign with the long password. */
export const FIRST_LINK_MINUTES = 10;
const ROUND_TO_MINUTES = 5;

/** Minutes of each part. The video's are the law's (規則38条11項1号の表); the others are estimates for somebody who is not in a hurry. */
export function lectureMinutes(lectureClass: OnlineLectureClass): Readonly<Record<LecturePart, number>> {
  const video = ONLINE_LECTURE_MINUTES[lectureClass];
  return {
    signIn: 5,
    consent: 5,
    video,
    gates: video === ONLINE_LECTURE_MINUTES.general ? 12 : 8,
    survey: 2,
  };
}

/** All parts together, in minutes, rounded up to five: nobody is to be late for having believed it. */
export function totalMinutes(lectureClass: OnlineLectureClass): number {
  const minutes = Object.values(lectureMinutes(lectureClass));
  const total = minutes.reduce((sum, part) => sum + part, 0);
  return Math.ceil(total / ROUND_TO_MINUTES) * ROUND_TO_MINUTES;
}
