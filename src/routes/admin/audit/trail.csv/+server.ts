import { csvText } from '#lib/http/csv.ts';
import { requireActor } from '#lib/http/guards.ts';
import { orErrorPage } from '#lib/http/refusals.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { exportTrailOf, TrailQuery } from '#lib/server/audit/list-trail.ts';
import { subjectLines, trailWords } from '../trail-words.ts';
import type { RequestHandler } from './$types.ts';

export const GET: RequestHandler = async (event) => {
  const administrator = requireActor(event, 'administrator');
  const given = [...event.url.searchParams].filter(([, value]) => value !== '');
  const query = TrailQuery.parse(Object.fromEntries(given));
  const events = await orErrorPage(() => exportTrailOf(event.locals.app, administrator, query));
  const isJapanese = getLocale() === 'ja';
  const head = [m.audit_when(), m.audit_officer(), m.audit_office(), m.audit_what(), m.audit_subject()];
  const rows = events.map((each) => [
    each.at.toISOString(),
    each.officerName,
    (isJapanese ? each.office?.nameJa : each.office?.nameEn) ?? '',
    trailWords(each),
    subjectLines(each).join(' / '),
  ]);
  return new Response(csvText([head, ...rows]), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="koshu-audit.csv"',
      'cache-control': 'private, no-store',
    },
  });
};
