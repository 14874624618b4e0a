import { describe, expect, it } from 'vitest';
import { HOLDING_TYPES } from '../renewal/lecture-class.ts';
import { assessVia, assessViaConfirmed, canHoldAfterVia, VIA_CONFIRMATIONS, viaUntil } from './via.ts';

const person = {
  lectureClass: 'general',
  holdingBefore: 'mynaOnly',
  birthDate: '1980-12-04',
  periodStart: '2026-11-04',
  periodEnd: '2027-01-04',
  hasLapsed: false,
} as const;

describe('a renewal through another commission', () => {
  it('is for excellent and general drivers', () => {
    for (const lectureClass of ['excellent', 'general'] as const)
      expect(assessVia({ ...person, lectureClass }, '2026-11-22')).toBeNull();
    for (const lectureClass of ['violation', 'firstRenewal', 'senior'] as const)
      expect(assessVia({ ...person, lectureClass }, '2026-11-22')).toBe('via_class');
  });

  it('is taken until the birthday from who holds the plastic card alone', () => {
    const cardOnly = { ...person, holdingBefore: 'cardOnly' } as const;
    expect(viaUntil(cardOnly)).toBe('2026-12-04');
    expect(assessVia(cardOnly, '2026-12-04')).toBeNull();
    expect(assessVia(cardOnly, '2026-12-05')).toBe('via_period_over');
  });

  it.each(['mynaOnly', 'both'] as const)('is taken until the last day from who holds %s', (holdingBefore) => {
    expect(assessVia({ ...person, holdingBefore }, '2027-01-04')).toBeNull();
    expect(assessVia({ ...person, holdingBefore }, '2027-01-05')).toBe('via_period_over');
  });

  it('finds the birthday of a period that goes over the new year, and that of 29 February', () => {
    const cardOnly = { ...person, holdingBefore: 'cardOnly' } as const;
    const newYear = { birthDate: '1980-01-10', periodStart: '2026-12-10', periodEnd: '2027-02-10' };
    expect(viaUntil({ ...cardOnly, ...newYear })).toBe('2027-01-10');
    const leap = { birthDate: '1980-02-29', periodStart: '2027-01-28', periodEnd: '2027-03-29' };
    expect(viaUntil({ ...cardOnly, ...leap })).toBe('2027-02-28');
  });

  it('is not for a licence that is acquired anew', () =>
    expect(assessVia({ ...person, hasLapsed: true }, '2026-11-22')).toBe('via_former_lapse'));

  it('changes nothing of what is held, but takes a licence card back', () => {
    const possible = HOLDING_TYPES.flatMap((before) =>
      HOLDING_TYPES.filter((after) => canHoldAfterVia(before, after)).map((after) => `${before} → ${after}`),
    );
    expect(possible).toEqual([
      'cardOnly → cardOnly',
      'mynaOnly → mynaOnly',
      'both → mynaOnly',
      'both → both',
    ]);
  });

  it('waits until the officer has confirmed what the register cannot know, each by itself', () => {
    expect(assessViaConfirmed(VIA_CONFIRMATIONS)).toBeNull();
    expect(assessViaConfirmed([])).toBe('via_restriction');
    expect(assessViaConfirmed(['changesNoParticulars', 'hasNoFormerLapse'])).toBe('via_restriction');
    expect(assessViaConfirmed(['hasNoRestriction', 'hasNoFormerLapse'])).toBe('via_particulars');
    expect(assessViaConfirmed(['hasNoRestriction', 'changesNoParticulars'])).toBe('via_former_lapse');
  });
});
