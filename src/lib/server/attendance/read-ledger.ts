import { z } from 'zod';
import type { AttendanceLedger } from '#lib/domain/attendance/ledger.ts';
import type { CalendarDate } from '#lib/domain/renewal/calendar.ts';
import type { Database, DB, Transaction } from '../db/database.ts';
import { listIntervals, listIntervalsElsewhere, listSteps } from './ledger.queries.ts';

const MissedMedia = z.object({ fromMs: z.number(), toMs: z.number() });

export interface LedgerOwner {
  readonly id: string;
  readonly driverId: string;
  readonly periodStart: CalendarDate;
  readonly periodEnd: CalendarDate;
}

/** The ledger of an attendance as the second way to the credit wants it; `chapters` are the frontier to compare it with. */
export async function readLedger(
  db: Database | Transaction<DB>,
  { id: attendanceId, driverId, periodStart, periodEnd }: LedgerOwner,
  chapters: AttendanceLedger['chapters'],
): Promise<AttendanceLedger> {
  const intervals = await listIntervals(db, attendanceId);
  const elsewhere = await listIntervalsElsewhere(db, { attendanceId, driverId });
  const events = await listSteps(db, attendanceId);
  const inMs = <T extends { startedAt: Date; endedAt: Date }>(row: T) => ({
    ...row,
    startedAt: row.startedAt.getTime(),
    endedAt: row.endedAt.getTime(),
  });
  return {
    chapters,
    periodStart,
    periodEnd,
    intervals: intervals.map(inMs),
    elsewhere: elsewhere.map(inMs),
    events: events.map(({ at, kind, reason, detail, ...event }) => ({
      ...event,
      kind,
      at: at.getTime(),
      ...(kind === 'presence' && reason === 'missed' && { voided: MissedMedia.parse(detail) }),
    })),
  };
}
