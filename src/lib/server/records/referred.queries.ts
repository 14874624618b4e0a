import type { OnlineLectureClass } from '#lib/domain/renewal/lecture-class.ts';
import type { Database } from '../db/database.ts';

/** Records that wait for a supervisor, by the newest act, which referred them, at a counter of the commission. */
const referredAt = (db: Database, commissionCode: string) =>
  db
    .selectFrom('completionRecord as r')
    .innerJoin('counterAct as act', (join) =>
      join
        .onRef('act.recordId', '=', 'r.id')
        .on('act.kind', '=', 'referred')
        .on((eb) =>
          eb.not(
            eb.exists(eb.selectFrom('counterAct as c').whereRef('c.takesBack', '=', 'act.id').select('c.id')),
          ),
        ),
    )
    .innerJoin('office', 'office.id', 'act.officeId')
    .where('r.state', '=', 'referred')
    .where('office.commissionCode', '=', commissionCode);

export function listReferredRecords(db: Database, commissionCode: string) {
  return referredAt(db, commissionCode)
    .innerJoin('driver', 'driver.id', 'r.driverId')
    .innerJoin('officer', 'officer.id', 'act.officerId')
    .orderBy('act.at')
    .select([
      'r.recordNumber',
      'r.lectureClass',
      'driver.name',
      'driver.homeCommissionCode',
      'act.at',
      'act.officeId',
    ])
    .select(['officer.name as officerName', 'office.nameJa as officeNameJa', 'office.nameEn as officeNameEn'])
    .$narrowType<{ lectureClass: OnlineLectureClass }>()
    .execute();
}

export async function countReferred(db: Database, commissionCode: string): Promise<number> {
  const { count } = await referredAt(db, commissionCode)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}
