import { z } from 'zod';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import {
  assessAptitude,
  CRITERIA,
  HEARINGS,
  LICENCE_GROUPS,
  needsField,
} from '#lib/domain/records/aptitude-test.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { actOnRecord } from './act-on-record.ts';
import type { RecordedTest } from './latest-test.ts';
import { SeenRecord } from './seen-record.ts';

const EYESIGHT_MAX = 3;
const FIELD_MAX_DEGREES = 200;
const DEPTH_ERROR_MAX_MM = 500;

/** A box that was left empty, or is not there for this kind of licence, was not measured: null. */
const measured = <S extends z.ZodType>(schema: S) =>
  z.preprocess(
    (value) => (value === undefined || (typeof value === 'string' && value.trim() === '') ? null : value),
    schema.nullable(),
  );
const eyesight = measured(z.coerce.number().min(0).max(EYESIGHT_MAX));
const depthErrorMm = measured(z.coerce.number().int().min(0).max(DEPTH_ERROR_MAX_MM));

export const RecordAptitudeTest = SeenRecord.extend({
  licenceGroup: z.enum(LICENCE_GROUPS),
  eyesightBoth: eyesight,
  eyesightLeft: eyesight,
  eyesightRight: eyesight,
  wearsGlasses: z.literal('yes').optional(),
  fieldDegrees: measured(z.coerce.number().int().min(0).max(FIELD_MAX_DEGREES)),
  depthError1Mm: depthErrorMm,
  depthError2Mm: depthErrorMm,
  depthError3Mm: depthErrorMm,
  hearing: measured(z.enum(HEARINGS)),
  isMotionFine: z.enum(['yes', 'no']),
});

/**
 * Keeps an aptitude test and what it comes to by the criteria (domain/records/aptitude-test.ts); one that is not passed can be
 * taken again. What the kind of licence does not ask for is not kept. Refused as long as the record is not accepted, and as
 * `aptitude_incomplete` when something that it asks for was not measured.
 */
export async function recordAptitudeTest(
  app: App,
  officer: CounterOfficer,
  input: z.output<typeof RecordAptitudeTest>,
): Promise<void> {
  const { licenceGroup, eyesightBoth, eyesightLeft, eyesightRight } = input;
  const { needsDepthVision, hearings } = CRITERIA[licenceGroup];
  const eyes = { licenceGroup, eyesightBoth, eyesightLeft, eyesightRight };
  const depthErrorsMm = [input.depthError1Mm, input.depthError2Mm, input.depthError3Mm];
  const test = {
    ...eyes,
    wearsGlasses: input.wearsGlasses === 'yes',
    fieldDegrees: needsField(eyes) ? input.fieldDegrees : null,
    depthErrorsMm: needsDepthVision ? depthErrorsMm.filter((error) => error !== null) : [],
    hearing: hearings === null ? null : input.hearing,
    isMotionFine: input.isMotionFine === 'yes',
  };
  const { missing, faults, conditions } = assessAptitude(test);
  const detail: RecordedTest = { ...test, faults, conditions };
  await actOnRecord(app, officer, input, ({ situation }) => {
    if (situation.state === 'checked' && missing.length > 0) throw new Refusal('aptitude_incomplete');
    return { kind: 'aptitudeTest', detail, audited: { isPassed: faults.length === 0 } };
  });
}
