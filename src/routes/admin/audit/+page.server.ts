import { Refusal } from '#lib/domain/refusal.ts';
import { requireActor } from '#lib/http/guards.ts';
import { viewRefusal } from '#lib/http/refusals.ts';
import { listTrailOf, TrailQuery } from '#lib/server/audit/list-trail.ts';
import type { PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  const given = [...event.url.searchParams].filter(([, value]) => value !== '');
  const query = TrailQuery.parse(Object.fromEntries(given));
  try {
    return { query, refusal: null, ...(await listTrailOf(event.locals.app, administrator, query)) };
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    // A number that cannot be one: said above the same filters.
    const { record: _record, ...rest } = query;
    const trail = await listTrailOf(event.locals.app, administrator, rest);
    return { query, refusal: viewRefusal(thrown), ...trail, events: [], next: null };
  }
};
