import { requireActor } from '#lib/http/guards.ts';
import { orErrorPage } from '#lib/http/refusals.ts';
import { maskedName } from '#lib/domain/people/masked-name.ts';
import { isOnlineLectureClass, ONLINE_LECTURE_MINUTES } from '#lib/domain/renewal/lecture-class.ts';
import { assessLearner } from '#lib/server/register/assess-eligibility.ts';
import type { PageServerLoad } from './$types.ts';

const LAST_DIGITS = 4;

export const csr = false;

export const load: PageServerLoad = async (event) => {
  const learner = requireActor(event, 'learner');
  const { driver, ...assessed } = await orErrorPage(() => assessLearner(event.locals.app, learner));
  const { name, lectureClass, classAsOf, holdingType } = driver;
  return {
    ...assessed,
    driver: { name, lectureClass, classAsOf, holdingType },
    whose: { maskedName: maskedName(name), lastDigits: driver.licenceNumber.slice(-LAST_DIGITS) },
    commission: {
      nameJa: driver.commissionNameJa,
      nameEn: driver.commissionNameEn,
      phone: driver.commissionPhone,
    },
    lectureMinutes: isOnlineLectureClass(lectureClass) ? ONLINE_LECTURE_MINUTES[lectureClass] : null,
  };
};
