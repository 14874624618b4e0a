import { describe, expect, it } from 'vitest';
import { findConflict, isOvertaken, isTimePlausible, type MetRecord } from './offline.ts';

const here = { officerId: 'mori', officeId: 'kanagawa' };
const there = { officerId: 'hayashi', officeId: 'tokyo' };
const at = (time: string) => new Date(`2026-11-22T${time}:00Z`);
const accepted = { kind: 'accepted', ...here, decidedAt: at('11:00') } as const;

describe('a decision that was made without us and cannot be entered', () => {
  it.each<[string, MetRecord | null, string | null]>([
    ['of a record that we do not have', null, 'recordUnknown'],
    ['voided meanwhile', { state: 'voided', decided: null }, 'voidedMeanwhile'],
    [
      'accepted elsewhere',
      { state: 'checked', decided: { kind: 'accepted', ...there, at: at('10:00') } },
      'usedTwice',
    ],
    [
      'used elsewhere',
      { state: 'used', decided: { kind: 'accepted', ...there, at: at('12:00') } },
      'usedTwice',
    ],
    [
      'rejected elsewhere',
      { state: 'rejected', decided: { kind: 'rejected', ...there, at: at('12:00') } },
      'decidedOtherwise',
    ],
    [
      'entered again by the same officer, when the line was back',
      { state: 'checked', decided: { kind: 'accepted', ...here, at: at('12:00') } },
      null,
    ],
    [
      'entered again by the same officer, whose terminal is some minutes ahead',
      { state: 'checked', decided: { kind: 'accepted', ...here, at: at('10:56') } },
      null,
    ],
    [
      'accepted by the same officer before',
      { state: 'checked', decided: { kind: 'accepted', ...here, at: at('10:00') } },
      'usedTwice',
    ],
    [
      'accepted by the same officer before, and used',
      { state: 'used', decided: { kind: 'accepted', ...here, at: at('10:00') } },
      'usedTwice',
    ],
    [
      'accepted by the same officer at another office, later',
      {
        state: 'checked',
        decided: { kind: 'accepted', officerId: 'mori', officeId: 'tokyo', at: at('12:00') },
      },
      'usedTwice',
    ],
    [
      'rejected by the same officer',
      { state: 'rejected', decided: { kind: 'rejected', ...here, at: at('12:00') } },
      'decidedOtherwise',
    ],
    ['still undecided, and not to be accepted', { state: 'issued', decided: null }, 'notAllowed'],
  ])('%s', (_story, record, conflict) => {
    expect(findConflict(accepted, record, 'record_already_decided')).toBe(conflict);
  });
});

it('is no conflict when the same officer rejects what he had rejected', () => {
  const rejected = { ...accepted, kind: 'rejected' } as const;
  const record = { state: 'rejected', decided: { kind: 'rejected', ...here, at: at('10:00') } } as const;
  expect(findConflict(rejected, record, 'record_already_decided')).toBeNull();
});

it('is never entered when its time or its officer cannot be right, whatever became of the record', () => {
  const record = { state: 'checked', decided: { kind: 'accepted', ...there, at: at('12:00') } } as const;
  expect(findConflict(accepted, record, 'offline_time')).toBe('notAllowed');
  expect(findConflict(accepted, null, 'officer_disabled')).toBe('notAllowed');
});

it('is overtaken by what was done after it, and by nothing else', () => {
  expect(isOvertaken(at('11:00'), [])).toBe(false);
  expect(isOvertaken(at('11:00'), [{ at: at('10:00') }, { at: at('11:00') }])).toBe(false);
  expect(isOvertaken(at('11:00'), [{ at: at('11:01') }, { at: at('10:00') }])).toBe(true);
});

describe('the time of such a decision', () => {
  const prepared = new Date('2026-11-22T00:00:00Z');
  const now = new Date('2026-11-25T00:00:00Z');
  it.each([
    ['2026-11-22T03:00:00Z', true],
    ['2026-11-22T12:00:00Z', true],
    ['2026-11-22T12:30:00Z', false],
    ['2026-11-21T23:50:00Z', false],
  ])('%s can be: %s', (at, isPlausible) => {
    expect(isTimePlausible(new Date(at), prepared, now)).toBe(isPlausible);
  });

  it('is not in the future', () => {
    expect(isTimePlausible(new Date('2026-11-22T03:00:00Z'), prepared, prepared)).toBe(false);
  });
});
