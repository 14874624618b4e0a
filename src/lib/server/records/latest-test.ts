import { z } from 'zod';
import { APTITUDE_FAULTS, LICENCE_GROUPS } from '#lib/domain/records/aptitude-test.ts';
import type { listCounterActs } from './records.queries.ts';

/** What is kept of an aptitude test: as measured, and what it came to by the criteria of that day. */
export const RecordedTest = z.object({
  licenceGroup: z.enum(LICENCE_GROUPS),
  eyesightBoth: z.number(),
  eyesightLeft: z.number(),
  eyesightRight: z.number(),
  wearsGlasses: z.boolean(),
  fieldDegrees: z.number().nullable(),
  depthErrorsMm: z.array(z.number()),
  isHearingAndMotionFine: z.boolean(),
  faults: z.array(z.enum(APTITUDE_FAULTS)),
  needsGlasses: z.boolean(),
});
export type RecordedTest = z.output<typeof RecordedTest>;

/** The newest aptitude test of a record; null before there is one. */
export function latestTest(acts: Awaited<ReturnType<typeof listCounterActs>>): RecordedTest | null {
  const test = acts.findLast((act) => act.kind === 'aptitudeTest');
  return test ? RecordedTest.parse(test.detail) : null;
}
