import { randomInt } from 'node:crypto';
import type { Learner } from '#lib/domain/people/actor.ts';
import type { OnlineLectureClass } from '#lib/domain/renewal/lecture-class.ts';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import type { App } from '#lib/server/app.ts';
import { startAttendance } from '#lib/server/attendance/start-attendance.ts';
import { registerRow } from '../../scripts/seed/register-row.ts';
import { signInLearner } from './sessions.ts';

const SITUATION = { ageAtBirthday: 41, birthdayInDays: 12, number: 0, name: '試験 新子' };

interface SignedIn {
  readonly token: string;
  readonly learner: Learner;
}

/** Somebody whom nobody else uses, of the register, signed in. */
export async function newPerson(
  app: App,
  lectureClass: OnlineLectureClass,
  homeCommissionCode = 'kanagawa',
): Promise<SignedIn> {
  const changes = { lectureClass, homeCommissionCode };
  const row = registerRow(tokyoDate(app.clock.now()), { ...SITUATION, changes });
  const { id: importId } = await app.db
    .insertInto('registerImport')
    .values({ fileName: 'new.csv', fileSha256: Buffer.alloc(32), rowCount: 1 })
    .returning('id')
    .executeTakeFirstOrThrow();
  const licenceNumber = `95${String(randomInt(10 ** 10)).padStart(10, '0')}`;
  const { id } = await app.db
    .insertInto('driver')
    .values({ ...row, importId, licenceNumber })
    .returning('id')
    .executeTakeFirstOrThrow();
  return signInLearner(app, id);
}

/** The same, who has consented to the lecture that is published for the class. */
export async function newLearner(
  app: App,
  lectureClass: OnlineLectureClass,
  homeCommissionCode?: string,
): Promise<SignedIn> {
  const signedIn = await newPerson(app, lectureClass, homeCommissionCode);
  await startAttendance(app, signedIn.learner);
  return signedIn;
}
