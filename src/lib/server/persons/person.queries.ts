import { sql } from 'kysely';
import { DELETED_WORDS } from '#lib/domain/people/deleted.ts';
import type { Database, DB, Transaction } from '../db/database.ts';

/** Undefined when there is none, or he has been taken out. */
export function lockDriver(trx: Transaction<DB>, licenceNumber: string) {
  return trx
    .selectFrom('driver')
    .where('licenceNumber', '=', licenceNumber)
    .select(['id', 'portraitKey'])
    .forUpdate()
    .executeTakeFirst();
}

/** Attendances in their renewal period whose record has not been used: the person still needs them. Locked. */
export async function lockNeededAttendances(trx: Transaction<DB>, driverId: string, today: string) {
  const rows = await trx
    .selectFrom('attendance as a')
    .where('a.driverId', '=', driverId)
    .where('a.periodEnd', '>=', today)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('completionRecord as r')
            .whereRef('r.attendanceId', '=', 'a.id')
            .where('r.state', 'in', ['used', 'rejected', 'voided'])
            .select('r.id'),
        ),
      ),
    )
    .select('a.id')
    .forUpdate()
    .execute();
  return rows.length;
}

/** Nobody signs in as this person any more, and nothing more can be begun. */
export async function deleteWaysIn(trx: Transaction<DB>, driverId: string): Promise<void> {
  await trx
    .deleteFrom('session')
    .where('personKind', '=', 'learner')
    .where('personId', '=', driverId)
    .execute();
  await trx
    .deleteFrom('session')
    .where('credentialId', 'in', (eb) =>
      eb.selectFrom('credential').where('driverId', '=', driverId).select('id'),
    )
    .execute();
  await trx.deleteFrom('credential').where('driverId', '=', driverId).execute();
  // Of several candidates the others stay; a link that waits for this one alone, or became his, goes.
  await sql`
    delete from first_link
     where driver_id = ${driverId} or candidate_ids = array[${driverId}::uuid]`.execute(trx);
  await sql`
    update first_link set candidate_ids = array_remove(candidate_ids, ${driverId}::uuid)
     where ${driverId}::uuid = any (candidate_ids)`.execute(trx);
}

/** What says who he was goes; the row, to which ledgers and records refer, stays. */
export async function blankDriver(trx: Transaction<DB>, driverId: string, at: Date): Promise<void> {
  const never = '0001-01-01';
  await trx
    .updateTable('driver')
    .set({
      licenceNumber: `deleted-${driverId}`,
      name: DELETED_WORDS,
      birthDate: never,
      address: '',
      expiryDate: never,
      holdingType: 'cardOnly',
      cardRecordedOn: null,
      signingCertificateSubmittedOn: null,
      portalLinkedOn: null,
      suspendedUntil: null,
      lapseKind: null,
      lapsedOn: null,
      portraitKey: null,
      updatedAt: at,
      deletedAt: at,
    })
    .where('id', '=', driverId)
    .execute();
}

/**
 * Records that nobody used are voided. Their proof goes, for it lets a licence number be tried. What was written freely is emptied; the
 * database allows that of a person who has been taken out, and nothing else.
 */
export async function blankRecords(trx: Transaction<DB>, driverId: string): Promise<void> {
  await sql`
    update completion_record
       set proof = null,
           version = version + case when state in ('used', 'rejected', 'voided') then 0 else 1 end,
           state = case when state in ('used', 'rejected', 'voided') then state else 'voided' end
     where driver_id = ${driverId}`.execute(trx);
  await sql`
    update look_reason set words = ${DELETED_WORDS} where driver_id = ${driverId} and words is not null`.execute(
    trx,
  );
  await sql`
    update attendance set survey = survey || '{"comment": ""}'
     where driver_id = ${driverId} and survey is not null`.execute(trx);
  await sql`
    update counter_act as act set detail = act.detail || '{"note": ""}'
      from completion_record r
     where r.id = act.record_id and r.driver_id = ${driverId} and act.detail ->> 'note' <> ''`.execute(trx);
  await sql`
    update offline_decision as decision set note = ''
      from completion_record r
     where r.id = decision.record_id and r.driver_id = ${driverId} and decision.note <> ''`.execute(trx);
  await sql`
    update offline_conflict as conflict set resolution = ${DELETED_WORDS}
      from offline_decision decision, completion_record r
     where decision.id = conflict.decision_id and r.id = decision.record_id and r.driver_id = ${driverId}
       and conflict.resolution is not null`.execute(trx);
}

/** How many face photos of a person are still there. */
export async function countKeptPhotos(db: Database | Transaction<DB>, driverId: string): Promise<number> {
  const { kept } = await db
    .selectFrom('facePhoto as photo')
    .innerJoin('attendance as a', 'a.id', 'photo.attendanceId')
    .where('a.driverId', '=', driverId)
    .where('photo.deletedAt', 'is', null)
    .select((eb) => eb.fn.countAll<number>().as('kept'))
    .executeTakeFirstOrThrow();
  return Number(kept);
}
