import { z } from 'zod';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { assessAptitude, LICENCE_GROUPS } from '#lib/domain/records/aptitude-test.ts';
import type { App } from '../app.ts';
import { actOnRecord } from './act-on-record.ts';
import type { RecordedTest } from './latest-test.ts';
import { SeenRecord } from './seen-record.ts';

const EYESIGHT_MAX = 3;
const FIELD_MAX_DEGREES = 200;
const DEPTH_ERROR_MAX_MM = 500;

const blankIsUndefined = (value: unknown) =>
  typeof value === 'string' && value.trim() === '' ? undefined : value;
const eyesight = z.coerce.number().min(0).max(EYESIGHT_MAX);
const depthErrorMm = z.preprocess(
  blankIsUndefined,
  z.coerce.number().int().min(0).max(DEPTH_ERROR_MAX_MM).optional(),
);

export const RecordAptitudeTest = SeenRecord.extend({
  licenceGroup: z.enum(LICENCE_GROUPS),
  eyesightBoth: z.preprocess(blankIsUndefined, eyesight),
  eyesightLeft: z.preprocess(blankIsUndefined, eyesight),
  eyesightRight: z.preprocess(blankIsUndefined, eyesight),
  wearsGlasses: z.literal('yes').optional(),
  fieldDegrees: z.preprocess(
    blankIsUndefined,
    z.coerce.number().int().min(0).max(FIELD_MAX_DEGREES).optional(),
  ),
  depthError1Mm: depthErrorMm,
  depthError2Mm: depthErrorMm,
  depthError3Mm: depthErrorMm,
  isHearingAndMotionFine: z.enum(['yes', 'no']),
});

/**
 * Keeps an aptitude test and what it comes to by the criteria (domain/records/aptitude-test.ts); one that is not passed can be
 * taken again. Refused as long as the record is not accepted.
 */
export async function recordAptitudeTest(
  app: App,
  officer: CounterOfficer,
  input: z.output<typeof RecordAptitudeTest>,
): Promise<void> {
  const measured = {
    licenceGroup: input.licenceGroup,
    eyesightBoth: input.eyesightBoth,
    eyesightLeft: input.eyesightLeft,
    eyesightRight: input.eyesightRight,
    wearsGlasses: input.wearsGlasses === 'yes',
    fieldDegrees: input.fieldDegrees ?? null,
    depthErrorsMm: [input.depthError1Mm, input.depthError2Mm, input.depthError3Mm].filter(
      (error) => error !== undefined,
    ),
    isHearingAndMotionFine: input.isHearingAndMotionFine === 'yes',
  };
  const detail: RecordedTest = { ...measured, ...assessAptitude(measured) };
  await actOnRecord(app, officer, input, () => ({
    kind: 'aptitudeTest',
    detail,
    audited: { isPassed: detail.faults.length === 0 },
  }));
}
