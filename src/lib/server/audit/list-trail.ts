import { z } from 'zod';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { parseRecordNumber } from '#lib/domain/records/record-number.ts';
import { addDays, isCalendarDate, tokyoInstant } from '#lib/domain/renewal/calendar.ts';
import type { App } from '../app.ts';
import { appendAudit } from './append-audit.ts';
import { findRecordByNumber, listNames, listRecordNumbers, listTrail } from './trail.queries.ts';

const PAGE_SIZE = 50;
/** Of an export; more than that is asked for day by day. */
const EXPORT_SIZE = 10_000;
const MAX_LENGTH = 60;

/** From an address: what cannot be read counts as not asked for. */
export const TrailQuery = z.object({
  day: z.string().refine(isCalendarDate).optional().catch(undefined),
  officer: z.uuid().optional().catch(undefined),
  what: z
    .string()
    .regex(/^[a-zA-Z]+\.[a-zA-Z]+$/)
    .max(MAX_LENGTH)
    .optional()
    .catch(undefined),
  record: z.string().trim().min(1).max(MAX_LENGTH).optional().catch(undefined),
  before: z.coerce.number().int().positive().safe().optional().catch(undefined),
});

export interface TrailEvent {
  readonly id: number;
  readonly at: Date;
  readonly what: string;
  readonly detail: Readonly<Record<string, unknown>>;
  /** With which an officer said why he looks at somebody. */
  readonly words: string | null;
  readonly officerName: string;
  /** Null: an administrator. */
  readonly office: { readonly nameJa: string; readonly nameEn: string } | null;
  /** When a record was the subject. */
  readonly recordNumber: string | null;
}

export interface Trail {
  readonly events: readonly TrailEvent[];
  readonly officers: readonly { readonly id: string; readonly name: string }[];
  /** The event before which the next page begins; null at the end. */
  readonly next: number | null;
}

/**
 * What officers of the administrator's commission did, newest first, 50 a page: on a day (Japan), by one of them, of one kind, to a record or
 * its driver. Refused: `record_number_invalid`, `record_check_digit`. A record that is not there has no events.
 */
export function listTrailOf(
  app: App,
  administrator: Administrator,
  query: z.output<typeof TrailQuery>,
): Promise<Trail> {
  return listSome(app, administrator, query, PAGE_SIZE);
}

/** The same for a file: the newest ten thousand. That it was made is written into the trail. Refused like the list. */
export async function exportTrailOf(
  app: App,
  administrator: Administrator,
  query: z.output<typeof TrailQuery>,
): Promise<Trail['events']> {
  const { events } = await listSome(app, administrator, query, EXPORT_SIZE);
  const { day = null, what = null, officer = null } = query;
  await appendAudit(app.db, administrator, {
    what: 'trail.exported',
    detail: { count: events.length, day, asked: what, officer },
  });
  return events;
}

async function listSome(
  { db }: App,
  { commissionCode }: Administrator,
  { day, officer, what, record, before }: z.output<typeof TrailQuery>,
  size: number,
): Promise<Trail> {
  const officers = await listNames(db, commissionCode);
  const asked = record === undefined ? undefined : await findRecordByNumber(db, parseRecordNumber(record));
  if (record !== undefined && !asked) return { events: [], officers, next: null };
  const rows = await listTrail(
    db,
    {
      commissionCode,
      ...(day !== undefined && {
        from: tokyoInstant(day, '00:00'),
        to: tokyoInstant(addDays(day, 1), '00:00'),
      }),
      ...(officer !== undefined && { officerId: officer }),
      ...(what !== undefined && { what }),
      ...(asked && {
        subjects: [
          { kind: 'record', id: asked.id },
          { kind: 'driver', id: asked.driverId },
        ],
      }),
      ...(before !== undefined && { beforeId: before }),
    },
    size + 1,
  );
  const shown = rows.slice(0, size);
  const recordIds = shown.flatMap(({ subjectKind, subjectId }) =>
    subjectKind === 'record' && subjectId !== null ? [subjectId] : [],
  );
  const numbers = new Map(
    (await listRecordNumbers(db, recordIds)).map(({ id, recordNumber }) => [id, recordNumber]),
  );
  return {
    events: shown.map(({ subjectKind: _kind, subjectId, officeNameJa, officeNameEn, detail, ...event }) => ({
      ...event,
      detail: detail as TrailEvent['detail'], // appendAudit writes nothing but flat objects
      office:
        officeNameJa === null || officeNameEn === null
          ? null
          : { nameJa: officeNameJa, nameEn: officeNameEn },
      recordNumber: (subjectId !== null && numbers.get(subjectId)) || null,
    })),
    officers,
    next: rows.length > size ? (shown.at(-1)?.id ?? null) : null,
  };
}
