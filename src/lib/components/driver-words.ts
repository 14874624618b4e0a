import type { HoldingType, LectureClass } from '#lib/domain/renewal/lecture-class.ts';
import { m } from '#lib/paraglide/messages.js';

const LECTURE_CLASSES: Record<LectureClass, () => string> = {
  excellent: m.class_excellent,
  general: m.class_general,
  violation: m.class_violation,
  firstRenewal: m.class_first_renewal,
  senior: m.class_senior,
};

const HOLDING_TYPES: Record<HoldingType, () => string> = {
  cardOnly: m.holding_card_only,
  mynaOnly: m.holding_myna_only,
  both: m.holding_both,
};

export const lectureClassWords = (lectureClass: LectureClass): string => LECTURE_CLASSES[lectureClass]();
export const holdingTypeWords = (holdingType: HoldingType): string => HOLDING_TYPES[holdingType]();
