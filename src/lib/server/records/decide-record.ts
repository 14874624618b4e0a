import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { assessRecord, compareClass } from '#lib/domain/records/record.ts';
import { assessVia } from '#lib/domain/records/via.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { actOnRecord, type Seen } from './act-on-record.ts';
import { SeenRecord } from './seen-record.ts';
import { viaOf } from './via-of.ts';

export const REJECTION_REASONS = ['photoMismatch', 'classChanged', 'other'] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];

const note = z.string().trim().max(LIMITS.textMaxLength).default('');

/** What an officer sees when he compares the photos of the lecture, the portrait and the person. */
export const COMPARISONS = ['same', 'notSame', 'cantTell'] as const;

export const DecideRecord = SeenRecord.extend({ comparison: z.enum(COMPARISONS), note });

export const ReferRecord = SeenRecord.extend({ note });

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
 * The photo comparison decides: the same person is accepted, another one is rejected, and whom the officer cannot tell a supervisor decides.
 * Refused like each of them.
 */
export async function decideRecord(
  app: App,
  officer: CounterOfficer,
  { comparison, ...input }: z.output<typeof DecideRecord>,
): Promise<void> {
  switch (comparison) {
    case 'same':
      return acceptRecord(app, officer, { ...input, isSamePerson: 'yes' });
    case 'notSame':
      return rejectRecord(app, officer, { ...input, reason: 'photoMismatch' });
    case 'cantTell':
      return referRecord(app, officer, input);
  }
}

/**
 * 受理: the record may be used for this renewal. Where the longer lecture was taken and the class of the day asks for the shorter
 * one, and where a supervisor decides what was referred to him, only with a note of why (`reason_required`). Refused too when period or
 * class stand against it, and when another commission cannot take this renewal (domain/records/via.ts).
 */
export async function acceptRecord(
  app: App,
  officer: CounterOfficer,
  input: z.output<typeof AcceptRecord> & Pick<Seen, 'offline'>,
): Promise<void> {
  await actOnRecord(app, officer, input, (context) => {
    const { situation, isVia } = context;
    const isCovered = compareClass(situation.lectureClass, situation.currentClass) === 'covered';
    const isReferred = situation.state === 'referred' && situation.isSupervisor;
    if ((isReferred || (situation.state === 'issued' && isCovered)) && input.note === '')
      throw new Refusal('reason_required');
    const refusal = isVia && assessRecord(situation).length === 0 ? assessVia(...viaOf(context)) : null;
    if (refusal !== null && (isReferred || situation.state === 'issued')) throw new Refusal(refusal);
    return { kind: 'accepted', ...(isCovered && { reason: 'classCovered' }), detail: { note: input.note } };
  });
}

/** 不受理, with a reason; `other` needs its words. The person takes the lecture in person. */
export async function rejectRecord(
  app: App,
  officer: CounterOfficer,
  input: z.output<typeof RejectRecord> & Pick<Seen, 'offline'>,
): Promise<void> {
  const { reason } = input;
  if (reason === undefined || (reason === 'other' && input.note === '')) throw new Refusal('reason_required');
  await actOnRecord(app, officer, input, () => ({ kind: 'rejected', reason, detail: { note: input.note } }));
}

/** The officer cannot tell whether it is the same person: a supervisor of this commission decides. */
export async function referRecord(
  app: App,
  officer: CounterOfficer,
  input: z.output<typeof ReferRecord>,
): Promise<void> {
  await actOnRecord(app, officer, input, () => ({
    kind: 'referred',
    reason: 'cantTell',
    detail: { note: input.note },
  }));
}
