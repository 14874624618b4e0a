import { z } from 'zod';
import {
  APTITUDE_FAULTS,
  HEARINGS,
  LICENCE_CONDITIONS,
  LICENCE_GROUPS,
} from '#lib/domain/records/aptitude-test.ts';
import { standingActs } from '#lib/domain/records/correction.ts';
import type { listCounterActs } from './records.queries.ts';

const Eyes = z.object({
  licenceGroup: z.enum(LICENCE_GROUPS),
  eyesightBoth: z.number().nullable(),
  eyesightLeft: z.number().nullable(),
  eyesightRight: z.number().nullable(),
  wearsGlasses: z.boolean(),
  fieldDegrees: z.number().nullable(),
  depthErrorsMm: z.array(z.number()),
});

const Today = Eyes.extend({
  hearing: z.enum(HEARINGS).nullable(),
  isMotionFine: z.boolean(),
  faults: z.array(z.enum(APTITUDE_FAULTS)),
  conditions: z.array(z.enum(LICENCE_CONDITIONS)),
});

/** As tests were kept when hearing and motion were one question; what failed in it is told as motion. */
const Before = Eyes.extend({
  isHearingAndMotionFine: z.boolean(),
  faults: z.array(z.enum(['eyesight', 'field', 'depthVision', 'hearingOrMotion'])),
  needsGlasses: z.boolean(),
}).transform(({ isHearingAndMotionFine, needsGlasses, faults, ...eyes }): z.output<typeof Today> => ({
  ...eyes,
  hearing: isHearingAndMotionFine ? 'heard' : null,
  isMotionFine: isHearingAndMotionFine,
  faults: faults.map((fault) => (fault === 'hearingOrMotion' ? 'motion' : fault)),
  conditions: needsGlasses ? ['glasses'] : [],
}));

/** What is kept of an aptitude test: as measured, and what it came to by the criteria of that day. */
export const RecordedTest = z.union([Today, Before]);
export type RecordedTest = z.output<typeof RecordedTest>;

/** The newest aptitude test of a record that was not taken back; null before there is one. */
export function latestTest(acts: Awaited<ReturnType<typeof listCounterActs>>): RecordedTest | null {
  const test = standingActs(acts).findLast((act) => act.kind === 'aptitudeTest');
  return test ? RecordedTest.parse(test.detail) : null;
}
