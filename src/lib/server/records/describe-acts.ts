import { z } from 'zod';
import { standingActs } from '#lib/domain/records/correction.ts';
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
  /** As it was due; not kept before 0018. */
  fee: z
    .object({ totalYen: z.number().nullable() })
    .transform(({ totalYen }) => ({ totalYen }))
    .nullable()
    .default(null),
});

type Acts = Awaited<ReturnType<typeof listCounterActs>>;

/** The history of a record with what was kept of each act, read back by the shape in which its kind is written. */
export function describeActs(acts: Acts) {
  const standing = new Set(standingActs(acts).map(({ id }) => id));
  return acts.map(({ kind, detail, takesBack, officerId: _, commissionCode: __, ...act }) => {
    const described = { ...act, isTakenBack: kind !== 'corrected' && !standing.has(act.id) };
    switch (kind) {
      case 'accepted':
      case 'rejected':
      case 'referred':
      case 'voided':
        return { ...described, kind, ...Noted.parse(detail) };
      case 'aptitudeTest':
        return { ...described, kind, test: RecordedTest.parse(detail) };
      case 'issued':
        return { ...described, kind, issue: Issued.parse(detail) };
      case 'corrected':
        return { ...described, kind, ...Noted.parse(detail), takenBack: kindOf(acts, takesBack) };
    }
  });
}

function kindOf(acts: Acts, id: number | null) {
  const act = acts.find((each) => each.id === id);
  if (!act || act.kind === 'corrected') throw new Error('a correction that takes back no act');
  return act.kind;
}

export type DescribedAct = ReturnType<typeof describeActs>[number];
