import type { App } from '#lib/server/app.ts';
import type { CalendarDate } from '#lib/domain/renewal/calendar.ts';
import { importPortrait } from '#lib/server/register/import-portrait.ts';
import { importRegister } from '#lib/server/register/import-register.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { namedPeople } from '../named-people.ts';
import { drawPortrait } from './draw-portrait.ts';
import { LOOKS } from './portraits.ts';
import { writeRegisterCsv } from './write-register-csv.ts';

export interface SeededPeople {
  /** Driver id by the id of the named person; people whom the register does not know are not in it. */
  readonly driverIds: ReadonlyMap<string, string>;
}

/**
 * Commissions, offices, and the named people with their portraits, by the same operations as in production: the register comes as
 * a CSV file. `today` is the day in Japan that the stories are told for. May be run again.
 */
export async function seedPeople(app: App, today: CalendarDate): Promise<SeededPeople> {
  await seedCommissions(app);
  const registered = namedPeople(today).flatMap(({ id, register }) =>
    register ? [{ id, row: register }] : [],
  );
  const csv = writeRegisterCsv(registered.map(({ row }) => row));
  await importRegister(app, 'system', { fileName: 'named-people.csv', bytes: Buffer.from(csv, 'utf8') });

  const driverIds = new Map<string, string>();
  for (const { id, row } of registered) {
    const look = LOOKS[id];
    if (!look) throw new Error(`no portrait is drawn for ${id}`);
    const { driverId } = await importPortrait(app, 'system', {
      licenceNumber: row.licenceNumber,
      bytes: drawPortrait(look),
    });
    driverIds.set(id, driverId);
  }
  return { driverIds };
}
