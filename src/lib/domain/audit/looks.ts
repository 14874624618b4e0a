/** Why an officer looks at a driver whose home commission is not his own; `other` in words. */
export const LOOK_REASONS = ['viaRenewal', 'movingIn', 'inquiry', 'other'] as const;
export type LookReason = (typeof LOOK_REASONS)[number];

/** Acts by which an officer sees somebody, as the audit trail calls them. */
export const LOOKS = ['driver.lookedUp', 'record.lookedUp', 'record.checked'] as const;

/** The looks of one office that follow each other within this time are one visit to the learner. */
const VISIT_MS = 15 * 60_000;

export interface Look {
  readonly at: Date;
  readonly officeId: string;
  readonly reason: LookReason | null;
}

/** One visit for looks of one office close to each other, with its first moment and the reason that was given in it. Newest first, as given. */
export function gatherVisits<L extends Look>(looks: readonly L[]): L[] {
  const visits: L[] = [];
  for (const look of looks) {
    const index = visits.findIndex(
      (visit) =>
        visit.officeId === look.officeId &&
        visit.at.getTime() - look.at.getTime() <= VISIT_MS &&
        (visit.reason === look.reason || visit.reason === null || look.reason === null),
    );
    const visit = visits[index];
    if (visit) visits[index] = { ...visit, at: look.at, reason: look.reason ?? visit.reason };
    else visits.push(look);
  }
  return visits;
}
