import { randomBytes, randomUUID } from 'node:crypto';
import { authenticate, type Learner } from '#lib/domain/people/actor.ts';
import type { OnlineLectureClass } from '#lib/domain/renewal/lecture-class.ts';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import type { App } from '#lib/server/app.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { registerRow } from '../../scripts/seed/register-row.ts';

const BATCH = 500;

/** So many people with a card, all of whom may take the lecture of this class today. They have done nothing yet. */
export async function manyDrivers(
  app: App,
  count: number,
  lectureClass: OnlineLectureClass = 'excellent',
): Promise<Learner[]> {
  await seedCommissions(app);
  const today = tokyoDate(app.clock.now());
  const { id: importId } = await app.db
    .insertInto('registerImport')
    .values({ fileName: 'many.csv', fileSha256: randomBytes(32), rowCount: count })
    .returning('id')
    .executeTakeFirstOrThrow();
  const situation = { ageAtBirthday: 41, birthdayInDays: 12, number: 0, name: '見本 太郎' };
  const row = registerRow(today, { ...situation, changes: { lectureClass } });
  const learners: Learner[] = [];
  for (let made = 0; made < count; made += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, count - made) }, (_, index) => ({
      ...row,
      id: randomUUID(),
      importId,
      licenceNumber: `${lectureClass === 'excellent' ? 97 : 98}${String(made + index).padStart(10, '0')}`,
    }));
    await app.db.insertInto('driver').values(rows).execute();
    const credentials = rows.map(({ id: driverId }) => ({
      id: randomUUID(),
      driverId,
      kind: 'certificate',
      anchorId: 'test',
      serial: randomUUID(),
      spkiSha256: randomBytes(32),
    }));
    await app.db.insertInto('credential').values(credentials).execute();
    for (const { id: credentialId, driverId } of credentials) {
      const sessionIdSha256 = randomUUID();
      learners.push(authenticate<Learner>({ kind: 'learner', driverId, credentialId, sessionIdSha256 }));
    }
  }
  return learners;
}
