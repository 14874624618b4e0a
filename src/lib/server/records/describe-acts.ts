import { z } from 'zod';
import { HOLDING_TYPES } from '#lib/domain/renewal/lecture-class.ts';
import { ISSUE_DAYS } from './record-issue.ts';
import { RecordedTest } from './latest-test.ts';
import type { listCounterActs } from './records.queries.ts';

const Noted = z.object({ note: z.string() });
const Issued = z.object({
  holdingBefore: z.enum(HOLDING_TYPES),
  holdingAfter: z.enum(HOLDING_TYPES),
  issueDay: z.enum(ISSUE_DAYS),
  isVia: z.boolean(),
});

/** The history of a record with what was kept of each act, read back by the shape in which its kind is written. */
export function describeActs(acts: Awaited<ReturnType<typeof listCounterActs>>) {
  return acts.map(({ kind, detail, ...act }) => {
    switch (kind) {
      case 'accepted':
      case 'rejected':
      case 'voided':
        return { ...act, kind, ...Noted.parse(detail) };
      case 'aptitudeTest':
        return { ...act, kind, test: RecordedTest.parse(detail) };
      case 'issued':
        return { ...act, kind, issue: Issued.parse(detail) };
    }
  });
}

export type DescribedAct = ReturnType<typeof describeActs>[number];
