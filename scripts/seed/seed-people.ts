import type { App } from '#lib/server/app.ts';
import type { CalendarDate } from '#lib/domain/renewal/calendar.ts';
import { importPortrait } from '#lib/server/register/import-portrait.ts';
import { importRegister } from '#lib/server/register/import-register.ts';
import { listOffices } from '#lib/server/register/list-offices.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { NAMED_OFFICERS, namedPeople } from '../named-people.ts';
import { drawPortrait } from './draw-portrait.ts';
import { LOOKS } from './portraits.ts';
import { writeRegisterCsv } from './write-register-csv.ts';

export interface SeededPeople {
  /** Driver id by the id of the named person; people whom the register does not know are not in it. */
  readonly driverIds: ReadonlyMap<string, string>;
  /** Office id by the id of the named officer; null for an administrator. */
  readonly officeIds: ReadonlyMap<string, string | null>;
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

  const offices = await listOffices(app);
  const officeIds = new Map<string, string | null>();
  for (const { id, commissionCode, officeNameJa } of NAMED_OFFICERS) {
    const office = offices.find(
      (known) => known.commissionCode === commissionCode && known.nameJa === officeNameJa,
    );
    if (officeNameJa !== null && !office) throw new Error(`there is no office ${officeNameJa}`);
    officeIds.set(id, office?.id ?? null);
  }
  return { driverIds, officeIds };
}
