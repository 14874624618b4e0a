import type { App } from '#lib/server/app.ts';
import { addDays, tokyoDate, type CalendarDate } from '#lib/domain/renewal/calendar.ts';
import { findDriverByLicenceNumber } from '#lib/server/register/find-driver.ts';
import { importPortrait } from '#lib/server/register/import-portrait.ts';
import { importRegister } from '#lib/server/register/import-register.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { namedPeople, STORIES_HOLD_DAYS } from '../named-people.ts';
import { drawPortrait } from './draw-portrait.ts';
import { LOOKS } from './portraits.ts';
import { writeRegisterCsv } from './write-register-csv.ts';

export interface SeededPeople {
  /** Driver id by the id of the named person; people whom the register does not know are not in it. */
  readonly driverIds: ReadonlyMap<string, string>;
}

/** Whether the register has all of them from a day on which their stories were told and that is not long ago. */
async function isFresh(app: App, licenceNumbers: readonly string[], today: CalendarDate): Promise<boolean> {
  const drivers = await Promise.all(
    licenceNumbers.map((number) => findDriverByLicenceNumber(app.db, number)),
  );
  return drivers.every(
    (driver) => driver && today <= addDays(tokyoDate(driver.updatedAt), STORIES_HOLD_DAYS),
  );
}

/**
 * Commissions, offices, and the named people with their portraits, by the same operations as in production: the register comes as
 * a CSV file. `today` is the day in Japan that the stories are told for. May be run again: while the stories hold, nobody's birthday
 * moves, so that what somebody has begun to watch stays his.
 */
export async function seedPeople(app: App, today: CalendarDate): Promise<SeededPeople> {
  await seedCommissions(app);
  const registered = namedPeople(today).flatMap(({ id, register }) =>
    register ? [{ id, row: register }] : [],
  );
  const rows = registered.map(({ row }) => row);
  const isKnown = await isFresh(
    app,
    rows.map(({ licenceNumber }) => licenceNumber),
    today,
  );
  if (!isKnown) {
    const bytes = Buffer.from(writeRegisterCsv(rows), 'utf8');
    await importRegister(app, 'system', { fileName: 'named-people.csv', bytes });
  }

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
