import { gatherVisits, LOOK_REASONS, LOOKS, type LookReason } from '#lib/domain/audit/looks.ts';
import type { Learner } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { listLooks } from '../audit/list-looks.ts';
import { listOffices, listRecordIds } from './looks.queries.ts';

const MAX_LOOKS = 500;

export interface OwnLook {
  readonly at: Date;
  readonly officeId: string;
  readonly officeNameJa: string;
  readonly officeNameEn: string;
  readonly commissionNameJa: string;
  readonly commissionNameEn: string;
  /** Null: an office of the learner's own commission, which needs none. */
  readonly reason: LookReason | null;
}

const reasonOf = (detail: Readonly<Record<string, unknown>>): LookReason | null =>
  LOOK_REASONS.find((reason) => reason === detail['reason']) ?? null;

/** Which offices looked at the learner or one of his records, newest first. No officer's name, and not the words of a reason. */
export async function listOwnLooks({ db }: App, { driverId }: Learner): Promise<OwnLook[]> {
  const records = await listRecordIds(db, driverId);
  const subjects = [{ kind: 'driver', id: driverId }, ...records.map(({ id }) => ({ kind: 'record', id }))];
  const looks = await listLooks(db, { what: LOOKS, subjects, limit: MAX_LOOKS });
  const visits = gatherVisits(
    looks.flatMap(({ at, officeId, detail }) =>
      officeId === null ? [] : [{ at, officeId, reason: reasonOf(detail) }],
    ),
  );
  if (visits.length === 0) return [];
  const offices = new Map(
    (await listOffices(db, [...new Set(visits.map(({ officeId }) => officeId))])).map((o) => [o.id, o]),
  );
  return visits.flatMap((visit) => {
    const office = offices.get(visit.officeId);
    if (!office) return [];
    const { nameJa: officeNameJa, nameEn: officeNameEn, id: _id, ...commission } = office;
    return [{ ...visit, officeNameJa, officeNameEn, ...commission }];
  });
}
