import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { compareClass } from '#lib/domain/records/record.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { actOnRecord } from './act-on-record.ts';
import { SeenRecord } from './seen-record.ts';

export const REJECTION_REASONS = ['photoMismatch', 'classChanged', 'other'] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];

const note = z.string().trim().max(LIMITS.textMaxLength).default('');

export const AcceptRecord = SeenRecord.extend({
  /** The officer has compared the photos of the lecture, the portrait and the person. */
  isSamePerson: z.literal('yes'),
  note,
});

export const RejectRecord = SeenRecord.extend({
  reason: z.enum(REJECTION_REASONS).optional(),
  note,
});

/**
 * 受理: the record may be used for this renewal. Where the longer lecture was taken and the class of the day asks for the shorter
 * one, only with a note of why (`reason_required`). Refused too when period or class stand against it.
 */
export async function acceptRecord(
  app: App,
  officer: CounterOfficer,
  input: z.output<typeof AcceptRecord>,
): Promise<void> {
  await actOnRecord(app, officer, input, ({ situation }) => {
    const isCovered = compareClass(situation.lectureClass, situation.currentClass) === 'covered';
    if (situation.state === 'issued' && isCovered && input.note === '') throw new Refusal('reason_required');
    return { kind: 'accepted', ...(isCovered && { reason: 'classCovered' }), detail: { note: input.note } };
  });
}

/** 不受理, with a reason; `other` needs its words. The person takes the lecture in person. */
export async function rejectRecord(
  app: App,
  officer: CounterOfficer,
  input: z.output<typeof RejectRecord>,
): Promise<void> {
  const { reason } = input;
  if (reason === undefined || (reason === 'other' && input.note === '')) throw new Refusal('reason_required');
  await actOnRecord(app, officer, input, () => ({ kind: 'rejected', reason, detail: { note: input.note } }));
}
