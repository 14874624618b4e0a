import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { assessCorrection } from '#lib/domain/records/correction.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import type { App } from '../app.ts';
import { actOnRecord } from './act-on-record.ts';
import { SeenRecord } from './seen-record.ts';

export const CorrectAct = SeenRecord.extend({
  /** The act that is taken back. */
  actId: z.coerce.number().int().positive(),
  reason: z.string().trim().max(LIMITS.textMaxLength).default(''),
});

/**
 * 訂正: takes a wrong entry back by a counter-entry with its reason (`reason_required`); nothing is overwritten, and the record is again what it
 * was before. Refused by domain/records/correction.ts: `nothing_to_correct`, `correction_not_newest`, `supervisor_required`.
 */
export async function correctAct(
  app: App,
  officer: CounterOfficer,
  input: z.output<typeof CorrectAct>,
): Promise<void> {
  const { actId, reason } = input;
  if (reason === '') throw new Refusal('reason_required');
  await actOnRecord(app, officer, input, ({ standing, situation }) => {
    const refusal = assessCorrection({
      standing: standing.map((act) => ({ ...act, day: tokyoDate(act.at) })),
      actId,
      officerId: officer.officerId,
      isSupervisor: situation.isSupervisor,
      today: situation.today,
    });
    if (refusal !== null) throw new Refusal(refusal);
    const takenBack = standing.at(-1)!.kind;
    // The words of the reason stay with the record: the audit trail holds no free text.
    return {
      kind: 'corrected',
      takesBack: actId,
      reason: 'wrongEntry',
      detail: { note: reason },
      audited: { takenBack },
    };
  });
}
