import { z } from 'zod';
import type { Administrator, CounterOfficer } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { addDays, isCalendarDate, tokyoInstant } from '#lib/domain/renewal/calendar.ts';
import type { App } from '../app.ts';
import { countDecisions, countLooks, listOffices } from './report.queries.ts';

const MAX_DAYS = 366;

/** Days in Japan, both inclusive, a year at most. */
export const ReportPeriod = z
  .object({ from: z.string(), to: z.string() })
  .refine(
    ({ from, to }) =>
      isCalendarDate(from) && isCalendarDate(to) && from <= to && to < addDays(from, MAX_DAYS),
  );
type Period = z.output<typeof ReportPeriod>;

/** What a counter did: on one day at one office, or altogether. */
export interface CounterFigures {
  readonly lookedUp: number;
  readonly opened: number;
  readonly accepted: number;
  readonly photoMismatch: number;
  readonly classChanged: number;
  readonly otherRejected: number;
  readonly referred: number;
  readonly medianSeconds: number | null;
}

export interface ReportRow extends CounterFigures {
  readonly day: string;
  readonly officeNameJa: string;
  readonly officeNameEn: string;
}

const NONE: CounterFigures = {
  lookedUp: 0,
  opened: 0,
  accepted: 0,
  photoMismatch: 0,
  classChanged: 0,
  otherRejected: 0,
  referred: 0,
  medianSeconds: null,
};

/** Supervisors see their own office, administrators every office of their commission. */
function officesOf(reader: CounterOfficer | Administrator) {
  if (reader.kind === 'administrator') return { commissionCode: reader.commissionCode };
  if (!reader.isSupervisor) throw new Refusal('not_allowed');
  return { officeId: reader.officeId };
}

/**
 * What the counters did, a row for each office and day on which there was something, newest day first, and all together: counts and
 * the median of the seconds from opening a record to deciding about it; nothing about a person or an officer. Refused
 * (`not_allowed`) for officers who are not supervisors.
 */
export async function getCounterReport(
  app: App,
  reader: CounterOfficer | Administrator,
  period: Period,
): Promise<{ rows: ReportRow[]; total: CounterFigures }> {
  const offices = await listOffices(app.db, officesOf(reader));
  const span = {
    officeIds: offices.map(({ id }) => id),
    from: tokyoInstant(period.from, '00:00'),
    before: tokyoInstant(addDays(period.to, 1), '00:00'),
  };
  const [looks, decisions] = await Promise.all([countLooks(app.db, span), countDecisions(app.db, span)]);
  const cells = new Map<string, CounterFigures & { officeId: string | null; day: string | null }>();
  for (const found of [...looks, ...decisions]) {
    const key = `${found.day ?? ''} ${found.officeId ?? ''}`;
    cells.set(key, { ...NONE, ...cells.get(key), ...found });
  }
  let total = NONE;
  const rows: ReportRow[] = [];
  for (const { officeId, day: on, ...figures } of cells.values()) {
    const office = offices.find(({ id }) => id === officeId);
    if (on === null || !office) total = figures;
    else rows.push({ ...figures, day: on, officeNameJa: office.nameJa, officeNameEn: office.nameEn });
  }
  rows.sort((a, b) => b.day.localeCompare(a.day) || a.officeNameJa.localeCompare(b.officeNameJa, 'ja'));
  return { rows, total };
}

export type CounterReport = Awaited<ReturnType<typeof getCounterReport>>;
