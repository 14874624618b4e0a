import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { actOnRecord } from './act-on-record.ts';
import { SeenRecord } from './seen-record.ts';

export const VOID_REASONS = ['proxyAttendance', 'photoMismatch', 'issuedInError', 'other'] as const;

export const VoidRecord = SeenRecord.extend({
  reason: z.enum(VOID_REASONS).optional(),
  note: z.string().trim().max(LIMITS.textMaxLength).default(''),
  /** Ticked: it cannot be undone. */
  isConfirmed: z.literal('yes').optional(),
});

/**
 * 無効にする: a lecture that another person took, or a record that should not have been issued; the person takes the lecture in person.
 * For supervisors (`not_allowed`), with a reason (`reason_required`; `other` in words) and a tick (`void_unconfirmed`). A record that has
 * been used, rejected or voided stays so.
 */
export async function voidRecord(
  app: App,
  officer: CounterOfficer,
  input: z.output<typeof VoidRecord>,
): Promise<void> {
  const { reason, note } = input;
  if (!officer.isSupervisor) throw new Refusal('not_allowed');
  if (reason === undefined || (reason === 'other' && note === '')) throw new Refusal('reason_required');
  if (input.isConfirmed !== 'yes') throw new Refusal('void_unconfirmed');
  await actOnRecord(app, officer, input, () => ({ kind: 'voided', reason, detail: { note } }));
}
