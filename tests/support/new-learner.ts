import { randomInt } from 'node:crypto';
import type { Learner } from '#lib/domain/people/actor.ts';
import type { OnlineLectureClass } from '#lib/domain/renewal/lecture-class.ts';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import type { App } from '#lib/server/app.ts';
import { startAttendance } from '#lib/server/attendance/start-attendance.ts';
import { registerRow } from '../../scripts/seed/register-row.ts';
import { signInLearner } from './sessions.ts';

const SITUATION = { ageAtBirthday: 41, birthdayInDays: 12, number: 0, name: '試験 新子' };

/** Somebody whom nobody else uses, of the register, signed in, who has consented to the lecture that is published for the class. */
export async function newLearner(
  app: App,
  lectureClass: OnlineLectureClass,
): Promise<{ token: string; learner: Learner }> {
  const row = registerRow(tokyoDate(app.clock.now()), { ...SITUATION, changes: { lectureClass } });
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
  const signedIn = await signInLearner(app, id);
  await startAttendance(app, signedIn.learner);
  return signedIn;
}
