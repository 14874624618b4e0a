import { randomInt } from 'node:crypto';
import {
  formatRecordNumber,
  makeRecordNumber,
  RECORD_NUMBERS_PER_YEAR,
  type RecordNumber,
} from '#lib/domain/records/record-number.ts';
import { tokyoDate, yearOf } from '#lib/domain/renewal/calendar.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { DB, Transaction } from '../db/database.ts';
import { getStatementFacts, insertRecord } from './records.queries.ts';

export interface CompletedAttendance {
  readonly attendanceId: string;
  readonly driverId: string;
  readonly editionId: string;
  readonly lectureClass: 'excellent' | 'general';
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly completedAt: Date;
}

const MAX_DRAWS = 10;

/** What the record states and what is signed: lines of `name: value`, without a person's name. */
function writeStatement(
  recordNumber: RecordNumber,
  attendance: CompletedAttendance,
  facts: Awaited<ReturnType<typeof getStatementFacts>>,
): string {
  return [
    'オンライン更新時講習 修了記録 (Koshu 1)',
    `番号: ${formatRecordNumber(recordNumber)}`,
    `免許証番号: ${facts.licenceNumber}`,
    `講習区分: ${attendance.lectureClass}`,
    `公安委員会: ${facts.commissionCode}`,
    `版: ${attendance.editionId} (${facts.editionNumber})`,
    `更新期間: ${attendance.periodStart}/${attendance.periodEnd}`,
    `視聴時間(ミリ秒): ${facts.creditedMs}`,
    `修了: ${attendance.completedAt.toISOString()}`,
  ].join('\n');
}

/**
 * Issues the completion record in the transaction of the last step: a number that nobody else has, the signed statement,
 * the audit. There is one for each attendance; a second one is a fault.
 */
export async function issueRecord(
  app: Pick<App, 'recordSigner'>,
  trx: Transaction<DB>,
  attendance: CompletedAttendance,
): Promise<{ recordNumber: RecordNumber }> {
  const facts = await getStatementFacts(trx, attendance.attendanceId);
  const year = yearOf(tokyoDate(attendance.completedAt));
  for (let draw = 0; draw < MAX_DRAWS; draw += 1) {
    const recordNumber = makeRecordNumber(year, randomInt(RECORD_NUMBERS_PER_YEAR));
    const statement = writeStatement(recordNumber, attendance, facts);
    const { completedAt, ...columns } = attendance;
    const id = await insertRecord(trx, {
      ...columns,
      recordNumber,
      issuedAt: completedAt,
      statement,
      signature: app.recordSigner.sign(statement),
      signingKeyId: app.recordSigner.keyId,
    });
    if (id === undefined) continue; // the number is taken
    await appendAudit(trx, 'system', { what: 'record.issued', subject: { kind: 'record', id } });
    return { recordNumber };
  }
  throw new Error(`no free record number in ${MAX_DRAWS} draws`);
}
