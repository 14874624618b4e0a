import { randomInt } from 'node:crypto';
import {
  makeRecordNumber,
  RECORD_NUMBERS_PER_YEAR,
  type RecordNumber,
} from '#lib/domain/records/record-number.ts';
import { tokyoDate, yearOf, type CalendarDate } from '#lib/domain/renewal/calendar.ts';
import type { OnlineLectureClass } from '#lib/domain/renewal/lecture-class.ts';
import { personCheck } from '#lib/proof/person-check.ts';
import { makeProof } from '#lib/proof/proof.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { DB, Transaction } from '../db/database.ts';
import { nodeCrypto } from './node-crypto.ts';
import { getLectureFacts, insertRecord } from './records.queries.ts';

export interface CompletedAttendance {
  readonly attendanceId: string;
  readonly driverId: string;
  readonly editionId: string;
  readonly lectureClass: OnlineLectureClass;
  readonly periodStart: CalendarDate;
  readonly periodEnd: CalendarDate;
  readonly completedAt: Date;
}

/** Even in a year in which a tenth of all numbers is given away, this often in a row none is free once in 10^20 times. */
const DRAWS = 20;

/**
 * Issues the completion record of an attendance inside the transaction that completes it: a number drawn by lot, and a proof
 * that is signed. It can be seen at every counter as soon as that transaction is committed.
 */
export async function issueRecord(
  app: Pick<App, 'recordSigner'>,
  trx: Transaction<DB>,
  { completedAt, ...completed }: CompletedAttendance,
): Promise<{ recordNumber: RecordNumber }> {
  const { licenceNumber, ...lecture } = await getLectureFacts(trx, completed.attendanceId);
  const year = yearOf(tokyoDate(completedAt));
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const recordNumber = makeRecordNumber(year, randomInt(RECORD_NUMBERS_PER_YEAR));
    const claims = {
      ...completed,
      ...lecture,
      recordNumber,
      issuedAt: completedAt,
      personCheck: await personCheck(recordNumber, licenceNumber, nodeCrypto),
    };
    const inserted = await insertRecord(trx, {
      ...completed,
      recordNumber,
      issuedAt: completedAt,
      proof: await makeProof(claims, app.recordSigner),
      signingKeyId: app.recordSigner.keyId,
    });
    if (!inserted) continue;
    await appendAudit(trx, 'system', {
      what: 'record.issued',
      subject: { kind: 'record', id: inserted.id },
      detail: { attendance: completed.attendanceId, signingKey: app.recordSigner.keyId },
    });
    return { recordNumber };
  }
  throw new Error(`no free record number in ${DRAWS} draws`);
}
