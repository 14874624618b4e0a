/**
 * 講習区分 (道路交通法施行規則38条11項1号の表; 高齢者講習 is 法101条の4). The police decide the class; the register tells it,
 * and nothing in this program computes it.
 */
export type LectureClass = 'excellent' | 'general' | 'violation' | 'firstRenewal' | 'senior';

/** The classes whose lecture may be taken online, with the minutes that the table of 規則38条11項1号 asks for. */
export const ONLINE_LECTURE_MINUTES = { excellent: 30, general: 60 } as const;
export type OnlineLectureClass = keyof typeof ONLINE_LECTURE_MINUTES;

export function isOnlineLectureClass(lectureClass: string): lectureClass is OnlineLectureClass {
  return Object.hasOwn(ONLINE_LECTURE_MINUTES, lectureClass);
}

/** 保有状況: the licence card, the My Number licence, or both. */
export const HOLDING_TYPES = ['cardOnly', 'mynaOnly', 'both'] as const;
export type HoldingType = (typeof HOLDING_TYPES)[number];
