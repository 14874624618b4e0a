import type { Learner } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { tokyoDate, type CalendarDate } from '#lib/domain/renewal/calendar.ts';
import { assessEligibility, type Eligibility } from '#lib/domain/renewal/eligibility.ts';
import { isOnlineLectureClass, type OnlineLectureClass } from '#lib/domain/renewal/lecture-class.ts';
import type { App } from '../app.ts';
import { findDriverById, type Driver } from './find-driver.ts';
import { HOLIDAYS } from './holidays.ts';

export interface LearnerEligibility extends Eligibility {
  readonly driver: Driver;
  /** The day in Japan for which this was found. */
  readonly today: CalendarDate;
}

/**
 * All conditions for the person who has signed in, on the register's data of now and today's date in Japan.
 * Refused as `card_not_linked` when the register no longer knows the person.
 */
export async function assessLearner(app: App, learner: Learner): Promise<LearnerEligibility> {
  const driver = await findDriverById(app.db, learner.driverId);
  if (!driver) throw new Refusal('card_not_linked');
  const today = tokyoDate(app.clock.now());
  // A learner is only made of a certificate that was valid when it signed in; one that is revoked later loses its sessions within a
  // minute (sign-in/end-revoked-sessions.ts), and no session outlives the day by much.
  return { ...assessEligibility(driver, today, 'valid', HOLIDAYS), driver, today };
}

/**
 * The same for an act that only an eligible person may do. Refused as `not_eligible` with the first condition that fails
 * (`detail.condition`).
 */
export async function requireEligible(
  app: App,
  learner: Learner,
): Promise<LearnerEligibility & { readonly lectureClass: OnlineLectureClass }> {
  const assessed = await assessLearner(app, learner);
  const { lectureClass } = assessed.driver;
  const failed = assessed.conditions.find((condition) => !condition.holds);
  if (failed) throw new Refusal('not_eligible', { condition: failed.id });
  if (!isOnlineLectureClass(lectureClass)) throw new Refusal('not_eligible', { condition: 'E1' });
  return { ...assessed, lectureClass };
}
