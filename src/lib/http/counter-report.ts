import { error, type RequestEvent } from '@sveltejs/kit';
import type { Administrator, CounterOfficer } from '#lib/domain/people/actor.ts';
import { addDays, tokyoDate } from '#lib/domain/renewal/calendar.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import {
  getCounterReport,
  ReportPeriod,
  type CounterFigures,
} from '#lib/server/reports/get-counter-report.ts';
import { csvText } from './csv.ts';
import { orErrorPage, refusalMessage } from './refusals.ts';

const WEEK_DAYS = 7;

/** The report of the days that the address asks for (`from`, `to`); of the last seven when it names none, `report` null when they are none. */
export async function loadReport(event: RequestEvent, reader: CounterOfficer | Administrator) {
  const { app } = event.locals;
  const today = tokyoDate(app.clock.now());
  const search = event.url.searchParams;
  const asked = {
    from: search.get('from') ?? addDays(today, 1 - WEEK_DAYS),
    to: search.get('to') ?? today,
  };
  const { data: period } = ReportPeriod.safeParse(asked);
  const report = period ? await orErrorPage(() => getCounterReport(app, reader, period)) : null;
  return { asked, report };
}

const figuresOf = (figures: CounterFigures): string[] => [
  ...[figures.lookedUp, figures.opened, figures.accepted, figures.photoMismatch].map(String),
  ...[figures.classChanged, figures.otherRejected, figures.referred].map(String),
  figures.medianSeconds === null ? '' : String(Math.round(figures.medianSeconds)),
];

/** The same report as a file. */
export async function reportCsv(
  event: RequestEvent,
  reader: CounterOfficer | Administrator,
): Promise<Response> {
  const { asked, report } = await loadReport(event, reader);
  if (!report) error(400, { message: refusalMessage('malformed', { field: 'from' }) });
  const isJapanese = getLocale() === 'ja';
  const head = [
    m.report_day(),
    m.report_office(),
    m.report_looked_up(),
    m.report_opened(),
    m.report_accepted(),
    m.report_rejected_photo(),
    m.report_rejected_class(),
    m.report_rejected_other(),
    m.report_referred(),
    m.report_median_seconds(),
  ];
  const rows = report.rows.map((row) => [
    row.day,
    isJapanese ? row.officeNameJa : row.officeNameEn,
    ...figuresOf(row),
  ]);
  return new Response(csvText([head, ...rows, [m.report_total(), '', ...figuresOf(report.total)]]), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="koshu-counter-${asked.from}-${asked.to}.csv"`,
      'cache-control': 'private, no-store',
    },
  });
}
