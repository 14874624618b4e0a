import { requireActor } from '#lib/http/guards.ts';
import { orErrorPage } from '#lib/http/refusals.ts';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import { getEditionStatistics, StatisticsPeriod } from '#lib/server/lectures/get-edition-statistics.ts';
import type { RequestEvent } from '@sveltejs/kit';
import { readPeriod } from './read-period.ts';

type StatisticsEvent = RequestEvent<{ edition: string }>;

const WHOLE = { from: null, to: null };

/** The figures that the address asks for; of the whole time, and `period` null, when its days are none. */
export async function loadStatistics(event: StatisticsEvent) {
  const administrator = requireActor(event, 'administrator');
  const { app } = event.locals;
  const at = app.clock.now();
  const asked = readPeriod(event.url.searchParams, tokyoDate(at));
  const { data: period = null } = StatisticsPeriod.safeParse(asked.wanted);
  const figures = await orErrorPage(() =>
    getEditionStatistics(app, administrator, event.params.edition, period ?? WHOLE),
  );
  return { asked, at, period, figures };
}
