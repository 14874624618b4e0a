import { tokyoDate, type CalendarDate } from '#lib/domain/renewal/calendar.ts';
import { selfCheck, type Declared, type SelfCheck } from '#lib/domain/renewal/self-check.ts';
import type { App } from '../app.ts';
import { HOLIDAYS } from './holidays.ts';

/**
 * What somebody may do, by what he says of himself and today's date in Japan. Reads no register, keeps nothing, writes nothing to the log:
 * it is given neither.
 */
export function checkEligibility(
  app: Pick<App, 'clock'>,
  declared: Declared,
): SelfCheck & { readonly today: CalendarDate } {
  const today = tokyoDate(app.clock.now());
  return { ...selfCheck(declared, today, HOLIDAYS), today };
}
