import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from './calendar.ts';
import {
  assessEligibility,
  type ConditionId,
  type CredentialState,
  type RegisteredDriver,
} from './eligibility.ts';

const NO_HOLIDAYS = new Set<string>();
const TODAY = '2026-11-24';

/** 優良, born 10 December: may renew from 10 November 2026 to 12 January 2027 (10 January is a Sunday, 11 a holiday). */
const HANAKO: RegisteredDriver = {
  birthDate: '1985-12-10',
  lectureClass: 'excellent',
  holdingType: 'both',
  cardRecordedOn: '2025-06-02',
  expiryDate: '2027-01-10',
  signingCertificateSubmittedOn: '2025-06-02',
  portalLinkedOn: '2025-06-03',
  suspendedUntil: null,
};

function failing(
  changes: Partial<RegisteredDriver>,
  { today = TODAY, credentialState = 'valid' as CredentialState } = {},
): ConditionId[] {
  const assessed = assessEligibility({ ...HANAKO, ...changes }, today, credentialState, NO_HOLIDAYS);
  const failed = assessed.conditions.filter((condition) => !condition.holds).map((condition) => condition.id);
  expect(assessed.isEligible).toBe(failed.length === 0);
  return failed;
}

describe('who may take the lecture online', () => {
  it('優良 and 一般 with everything in order', () => {
    expect(failing({})).toEqual([]);
    expect(failing({ lectureClass: 'general' })).toEqual([]);
    expect(failing({ holdingType: 'mynaOnly' })).toEqual([]);
  });

  it('each condition names its article', () => {
    const { conditions } = assessEligibility(HANAKO, TODAY, 'valid', NO_HOLIDAYS);
    expect(conditions.map((condition) => condition.id).sort()).toEqual(
      ['E1', 'E2', 'E3', 'E4', 'E5', 'E6', 'E7', 'notSuspended'].sort(),
    );
    for (const condition of conditions) expect(condition.article).not.toBe('');
  });
});

describe('who may not', () => {
  it.each(['violation', 'firstRenewal', 'senior'] as const)('E1: the class is %s', (lectureClass) => {
    expect(failing({ lectureClass })).toEqual(['E1']);
  });

  it.each([
    ['2026-11-09', ['E2']],
    ['2026-11-10', []],
    ['2027-01-10', []],
    // 10 January is a Sunday: the Monday still counts, the Tuesday does not
    ['2027-01-11', []],
    ['2027-01-12', ['E2']],
  ])('E2: on %s', (today, ids) => expect(failing({}, { today })).toEqual(ids));

  it('E3: the birthday was before 24 March 2025', () => {
    const early = {
      cardRecordedOn: '2025-03-24',
      signingCertificateSubmittedOn: '2025-03-24',
      portalLinkedOn: '2025-03-24',
    };
    expect(
      failing({ ...early, birthDate: '1985-03-23', expiryDate: '2025-04-23' }, { today: '2025-04-01' }),
    ).toEqual(['E3']);
    expect(
      failing({ ...early, birthDate: '1985-03-24', expiryDate: '2025-04-24' }, { today: '2025-04-01' }),
    ).toEqual([]);
  });

  it('E4: holds the card only, or gets the My Number licence only after today', () => {
    expect(failing({ holdingType: 'cardOnly', cardRecordedOn: null })).toEqual(['E4']);
    expect(failing({ cardRecordedOn: addDays(TODAY, 1) })).toEqual(['E4']);
  });

  it('E5: one of the two steps of linking is missing', () => {
    expect(failing({ portalLinkedOn: null })).toEqual(['E5']);
    expect(failing({ signingCertificateSubmittedOn: null })).toEqual(['E5']);
    const { conditions } = assessEligibility(
      { ...HANAKO, portalLinkedOn: null },
      TODAY,
      'valid',
      NO_HOLIDAYS,
    );
    expect(conditions.find((condition) => condition.id === 'E5')?.facts).toEqual({
      isCertificateSubmitted: true,
      isPortalLinked: false,
    });
  });

  it('E6: the certificate is no longer good', () => {
    expect(failing({}, { credentialState: 'expired' })).toEqual(['E6']);
    expect(failing({}, { credentialState: 'revoked' })).toEqual(['E6']);
  });

  it('E7: is 70 at the end of the period; 69 is young enough', () => {
    expect(failing({ birthDate: '1956-12-10' })).toEqual(['E7']);
    expect(failing({ birthDate: '1957-12-10' })).toEqual([]);
    // today still 69, but 70 on the birthday inside the period
    expect(failing({ birthDate: '1956-12-10' }, { today: '2026-12-09' })).toEqual(['E7']);
  });

  it('while the licence is suspended, to its last day', () => {
    expect(failing({ suspendedUntil: TODAY })).toEqual(['notSuspended']);
    expect(failing({ suspendedUntil: addDays(TODAY, -1) })).toEqual([]);
  });

  it('for all reasons at once, each is told', () => {
    expect(
      failing(
        {
          birthDate: '1950-01-10',
          expiryDate: '2025-02-10',
          lectureClass: 'senior',
          holdingType: 'cardOnly',
          cardRecordedOn: null,
          signingCertificateSubmittedOn: null,
          portalLinkedOn: null,
          suspendedUntil: '2027-01-01',
        },
        { credentialState: 'revoked' },
      ),
    ).toHaveLength(8);
  });

  it('nobody outside his period, whatever else is true of him', () => {
    fc.assert(
      fc.property(fc.integer({ min: -800, max: 800 }), (days) => {
        const today = addDays('2026-12-10', days);
        const { isEligible, period } = assessEligibility(HANAKO, today, 'valid', NO_HOLIDAYS);
        if (isEligible) expect(period.start <= today && today <= period.end).toBe(true);
      }),
    );
  });
});
