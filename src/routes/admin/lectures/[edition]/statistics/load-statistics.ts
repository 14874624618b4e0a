import { requireActor } from '#lib/http/guards.ts';
import { orErrorPage } from '#lib/http/refusals.ts';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import { getEditionStatistics } from '#lib/server/lectures/get-edition-statistics.ts';
import type { RequestEvent } from '@sveltejs/kit';
import { readPeriod } from './read-period.ts';

type StatisticsEvent = RequestEvent<{ edition: string }>;

/** The figures that the address asks for; of the whole time when its period is none. */
export async function loadStatistics(event: StatisticsEvent) {
  const administrator = requireActor(event, 'administrator');
  const { app } = event.locals;
  const at = app.clock.now();
  const asked = readPeriod(event.url.searchParams, tokyoDate(at));
  const period = asked.period ?? { from: null, to: null };
  const figures = await orErrorPage(() =>
    getEditionStatistics(app, administrator, event.params.edition, period),
  );
  return { asked, at, figures };
}
