import type { CalendarDate } from '../renewal/calendar.ts';
import type { OnlineLectureClass } from '../renewal/lecture-class.ts';
import { formatRecordNumber, type RecordNumber } from './record-number.ts';

/** What the row of a record says of itself. */
export interface RecordFacts {
  readonly recordNumber: RecordNumber;
  readonly attendanceId: string;
  readonly lectureClass: OnlineLectureClass;
  readonly periodStart: CalendarDate;
  readonly periodEnd: CalendarDate;
  readonly issuedAt: Date;
}

/** What else is known when it is issued. */
export interface LectureFacts {
  readonly commissionNameJa: string;
  readonly titleJa: string;
  readonly editionNumber: number;
  readonly creditedMs: number;
}

const CLASS_WORDS: Readonly<Record<OnlineLectureClass, string>> = {
  excellent: '優良運転者講習',
  general: '一般運転者講習',
};

/** One line for each fact of the row. They are part of a signed text: other words would be another text. */
function linesOf({
  recordNumber,
  attendanceId,
  lectureClass,
  periodStart,
  periodEnd,
  issuedAt,
}: RecordFacts): string[] {
  return [
    `番号: ${formatRecordNumber(recordNumber)}`,
    `講習区分: ${CLASS_WORDS[lectureClass]}`,
    `更新期間: ${periodStart} から ${periodEnd} まで`,
    `修了: ${issuedAt.toISOString()}`,
    `受講: ${attendanceId}`,
  ];
}

/** The text that is signed: readable, and without name or licence number, so that it may be shown. */
export function recordStatement(record: RecordFacts, lecture: LectureFacts): string {
  return [
    'オンライン更新時講習 修了記録',
    ...linesOf(record),
    `公安委員会: ${lecture.commissionNameJa}`,
    `講習: ${lecture.titleJa} 第${lecture.editionNumber}版`,
    `視聴時間: ${lecture.creditedMs} ミリ秒`,
    '',
  ].join('\n');
}

/** Whether the row still says what was signed. */
export function agreesWithStatement(record: RecordFacts, statement: string): boolean {
  const lines = new Set(statement.split('\n'));
  return linesOf(record).every((line) => lines.has(line));
}
