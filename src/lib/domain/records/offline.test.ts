import { describe, expect, it } from 'vitest';
import { findConflict, isTimePlausible, type MetRecord } from './offline.ts';

const here = { officerId: 'mori', officeId: 'kanagawa' };
const there = { officerId: 'hayashi', officeId: 'tokyo' };
const accepted = { kind: 'accepted', ...here } as const;

describe('a decision that was made without us and cannot be entered', () => {
  it.each<[string, MetRecord | null, string | null]>([
    ['of a record that we do not have', null, 'recordUnknown'],
    ['voided meanwhile', { state: 'voided', decided: null }, 'voidedMeanwhile'],
    ['accepted elsewhere', { state: 'checked', decided: { kind: 'accepted', ...there } }, 'usedTwice'],
    ['used elsewhere', { state: 'used', decided: { kind: 'accepted', ...there } }, 'usedTwice'],
    [
      'rejected elsewhere',
      { state: 'rejected', decided: { kind: 'rejected', ...there } },
      'decidedOtherwise',
    ],
    [
      'accepted by the same officer, again',
      { state: 'checked', decided: { kind: 'accepted', ...here } },
      null,
    ],
    ['still undecided, and not to be accepted', { state: 'issued', decided: null }, 'notAllowed'],
  ])('%s', (_story, record, conflict) => {
    expect(findConflict(accepted, record, 'record_already_decided')).toBe(conflict);
  });
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
