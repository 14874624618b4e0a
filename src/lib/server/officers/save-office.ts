import { z } from 'zod';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import {
  findOffice,
  findOfficeByName,
  insertOffice,
  listOfficesWithFacts,
  updateOffice,
} from './office.queries.ts';
import { ReadableName } from './readable-name.ts';
import { takeTurn } from './take-turn.ts';

const Tick = z
  .literal('yes')
  .optional()
  .transform((tick) => tick !== undefined);

export const SaveOffice = z.object({
  /** Empty: a new one. */
  id: z.union([z.uuid(), z.literal('').transform(() => null)]),
  kind: z.enum(['licenceCentre', 'policeStation']),
  nameJa: ReadableName,
  nameEn: ReadableName,
  sameDayIssue: Tick,
  sameDayRecording: Tick,
  /** Nobody new may work there; whoever does, and what was done there, stays. */
  isClosed: Tick,
});

/** The offices of the administrator's commission. */
export const listOwnOffices = ({ db }: App, { commissionCode }: Administrator) =>
  listOfficesWithFacts(db, commissionCode);

/**
 * Adds an office, or changes one: its names, what it does on the same day, whether it is closed. Offices are never deleted: officers and their
 * acts refer to them. Refused: `office_exists` for a second one of the same Japanese name; `not_found`, `not_allowed`.
 */
export async function saveOffice(
  app: App,
  administrator: Administrator,
  { id, isClosed, ...facts }: z.output<typeof SaveOffice>,
): Promise<void> {
  const { commissionCode } = administrator;
  await app.db.transaction().execute(async (trx) => {
    await takeTurn(trx, administrator);
    const namesake = await findOfficeByName(trx, commissionCode, facts.nameJa);
    if (namesake && namesake.id !== id) throw new Refusal('office_exists');
    const before = id === null ? undefined : await findOffice(trx, { commissionCode, id });
    if (id !== null && !before) throw new Refusal('not_found');
    // What is closed stays closed since the day on which it was, however often its names are corrected.
    const disabledAt = isClosed ? (before?.disabledAt ?? app.clock.now()) : null;
    const officeId = id ?? (await insertOffice(trx, { commissionCode, ...facts, disabledAt }));
    if (id !== null) await updateOffice(trx, { commissionCode, id }, { ...facts, disabledAt });
    await appendAudit(trx, administrator, {
      what: id === null ? 'office.added' : 'office.changed',
      subject: { kind: 'office', id: officeId },
      detail: { ...facts, isClosed },
    });
  });
}
