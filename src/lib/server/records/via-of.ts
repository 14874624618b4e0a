import type { assessVia } from '#lib/domain/records/via.ts';
import type { ActContext } from './act-on-record.ts';

/** What the rules of 経由地更新 look at. */
export const viaOf = ({ driver, situation, periodStart }: ActContext): Parameters<typeof assessVia> => [
  {
    lectureClass: situation.currentClass,
    holdingBefore: driver.holdingType,
    birthDate: driver.birthDate,
    periodStart,
    periodEnd: situation.periodEnd,
    hasLapsed: situation.lapse !== null,
  },
  situation.today,
];
