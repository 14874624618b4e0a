import { error } from '@sveltejs/kit';
import { formatDateTime } from '#lib/components/format-date.ts';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import { refusalMessage } from '#lib/http/refusals.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { titleOf } from '../../../../admin-words.ts';
import { allTables } from '../figure-tables.ts';
import { figuresCsv } from '../figures-csv.ts';
import { loadStatistics } from '../load-statistics.ts';
import { periodWords } from '../statistics-words.ts';
import type { RequestHandler } from './$types.ts';

/** The figures of the page with the same address, as a file. */
export const GET: RequestHandler = async (event) => {
  const { period, at, figures } = await loadStatistics(event);
  if (period === null) error(400, { message: refusalMessage('malformed', { field: 'period' }) });
  const { edition } = figures;
  const facts = [
    [titleOf(edition), m.admin_edition_number({ number: edition.number })],
    [periodWords(period), ''],
    [m.statistics_as_of({ at: formatDateTime(at, getLocale()) }), ''],
  ] as const;
  return new Response(figuresCsv(facts, allTables(figures)), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="koshu-edition-${edition.number}-${tokyoDate(at)}.csv"`,
      'cache-control': 'private, no-store',
    },
  });
};
