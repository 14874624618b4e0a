import { randomUUID } from 'node:crypto';
import { authenticate, type Learner } from '#lib/domain/people/actor.ts';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import type { App } from '#lib/server/app.ts';
import { seedPeople } from '../../scripts/seed/seed-people.ts';

/** The named people in the register of this application; `learner(id)` is one of them, signed in. */
export async function seedTestPeople(app: App) {
  const { driverIds } = await seedPeople(app, tokyoDate(app.clock.now()));
  const learner = (id: string): Learner => {
    const driverId = driverIds.get(id);
    if (driverId === undefined) throw new Error(`nobody is called ${id}`);
    return authenticate<Learner>({
      kind: 'learner',
      driverId,
      credentialId: randomUUID(),
      sessionIdSha256: randomUUID(),
    });
  };
  return { driverIds, learner };
}
