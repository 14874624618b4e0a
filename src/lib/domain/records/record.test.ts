import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lapseSince } from './lapse.ts';
import {
  assessRecord,
  compareClass,
  moveRecord,
  nextAct,
  standingOf,
  type Deed,
  type RecordSituation,
  type RecordState,
} from './record.ts';

const inOrder: RecordSituation = {
  state: 'issued',
  lectureClass: 'excellent',
  currentClass: 'excellent',
  periodEnd: '2027-01-04',
  today: '2026-11-22',
  issuedOn: '2026-11-20',
  lapse: null,
  isSupervisor: false,
  isAptitudeTestPassed: null,
};
const situation = (changes: Partial<RecordSituation> = {}): RecordSituation => ({ ...inOrder, ...changes });

describe('a record at the counter', () => {
  it('is accepted, then the eyes are tested, then the licence is issued, and then it is used up', () => {
    expect(nextAct(situation())).toBe('decide');
    expect(moveRecord(situation(), 'accepted')).toEqual({ state: 'checked' });
    const accepted = situation({ state: 'checked' });
    expect(nextAct(accepted)).toBe('aptitudeTest');
    expect(moveRecord(accepted, 'aptitudeTest')).toEqual({ state: 'checked' });
    const tested = situation({ state: 'checked', isAptitudeTestPassed: true });
    expect(nextAct(tested)).toBe('issue');
    expect(moveRecord(tested, 'issued')).toEqual({ state: 'used' });
    expect(nextAct(situation({ state: 'used', isAptitudeTestPassed: true }))).toBeNull();
  });

  it('waits for another aptitude test when one was not passed', () => {
    const failed = situation({ state: 'checked', isAptitudeTestPassed: false });
    expect(nextAct(failed)).toBe('aptitudeTest');
    expect(moveRecord(failed, 'issued')).toEqual({ refusal: 'aptitude_test_required' });
  });

  it.each<[RecordState, Deed, string]>([
    ['issued', 'aptitudeTest', 'record_not_accepted'],
    ['issued', 'issued', 'record_not_accepted'],
    ['checked', 'accepted', 'record_already_decided'],
    ['checked', 'rejected', 'record_already_decided'],
    ['rejected', 'accepted', 'record_already_decided'],
    ['rejected', 'issued', 'record_already_decided'],
    ['used', 'issued', 'record_already_used'],
    ['used', 'accepted', 'record_already_used'],
    ['voided', 'accepted', 'record_voided'],
  ])('that is %s cannot be %s: %s', (state, act, refusal) => {
    expect(moveRecord(situation({ state }), act)).toEqual({ refusal });
  });

  it('serves its renewal period to the last day', () => {
    expect(assessRecord(situation({ today: '2027-01-04' }))).toEqual([]);
    expect(assessRecord(situation({ today: '2027-01-05' }))).toEqual(['record_period_over']);
    expect(moveRecord(situation({ today: '2027-01-05' }), 'accepted')).toEqual({
      refusal: 'record_period_over',
    });
    const late = situation({ state: 'checked', isAptitudeTestPassed: true, today: '2027-01-05' });
    expect(moveRecord(late, 'issued')).toEqual({ refusal: 'record_period_over' });
    expect(nextAct(late)).toBeNull();
  });

  it('sends to the lecture in person when the class has become one that is not online, or a longer one', () => {
    for (const currentClass of ['violation', 'firstRenewal', 'senior', 'general'] as const) {
      expect(moveRecord(situation({ currentClass }), 'accepted')).toEqual({
        refusal: 'record_class_changed',
      });
    }
  });

  it('may be accepted when the longer lecture was taken', () => {
    expect(compareClass('general', 'excellent')).toBe('covered');
    expect(moveRecord(situation({ lectureClass: 'general' }), 'accepted')).toEqual({ state: 'checked' });
  });

  describe('after a lapse of the licence', () => {
    const excused = (changes: Partial<RecordSituation> = {}) =>
      situation({ lapse: { kind: 'unavoidable', on: '2027-01-05' }, today: '2027-06-01', ...changes });

    it.each(['unavoidable', 'illnessRevocation'] as const)(
      'that is %s counts for less than a year',
      (kind) => {
        const lapse = { kind, on: '2027-01-05' };
        expect(assessRecord(excused({ lapse, today: '2027-11-19' }))).toEqual([]);
        expect(assessRecord(excused({ lapse, today: '2027-11-20' }))).toEqual(['record_period_over']);
        expect(standingOf(excused({ lapse, today: '2027-11-20' }))).toBe('expired');
      },
    );

    it('counts for the very class alone, not for a shorter lecture', () => {
      expect(assessRecord(excused({ lectureClass: 'general' }))).toEqual(['record_class_changed']);
      expect(standingOf(excused({ lectureClass: 'general' }))).toBe('superseded');
      expect(standingOf(excused({ currentClass: 'violation' }))).toBe('superseded');
    });

    it('by carelessness is for a supervisor to decide, within half a year', () => {
      const careless = { lapse: { kind: 'careless', on: '2027-01-05' } } as const;
      const [late, over] = ['2027-07-05', '2027-07-06'];
      expect(moveRecord(excused(careless), 'accepted')).toEqual({ refusal: 'record_lapse_careless' });
      expect(moveRecord(excused(careless), 'referred')).toEqual({ state: 'referred' });
      expect(moveRecord(excused({ ...careless, isSupervisor: true }), 'accepted')).toEqual({
        state: 'checked',
      });
      expect(nextAct(excused({ ...careless, state: 'checked' }))).toBe('aptitudeTest');
      expect(assessRecord(excused({ ...careless, isSupervisor: true, today: late! }))).toEqual([]);
      expect(assessRecord(excused({ ...careless, isSupervisor: true, today: over! }))).toEqual([
        'record_period_over',
      ]);
    });

    it('that came before the lecture is of no matter', () => {
      const row = { lapseKind: 'careless', lapsedOn: '2026-11-19' } as const;
      expect(lapseSince('2026-11-20', row)).toBeNull();
      expect(lapseSince('2026-11-19', row)).toEqual({ kind: 'careless', on: '2026-11-19' });
      expect(lapseSince('2026-11-19', { lapseKind: null, lapsedOn: null })).toBeNull();
    });
  });

  it.each<[Partial<RecordSituation>, string]>([
    [{}, 'issued'],
    [{ state: 'checked' }, 'checked'],
    [{ currentClass: 'violation' }, 'superseded'],
    [{ lectureClass: 'general' }, 'issued'],
    [{ currentClass: 'general' }, 'superseded'],
    [{ today: '2027-01-05' }, 'expired'],
    [{ today: '2027-01-05', currentClass: 'firstRenewal' }, 'superseded'],
    [{ state: 'used', today: '2027-01-05' }, 'used'],
    [{ state: 'voided', currentClass: 'violation' }, 'voided'],
    [{ state: 'rejected', currentClass: 'violation' }, 'rejected'],
  ])('with %j stands as %s', (changes, standing) => {
    expect(standingOf(situation(changes))).toBe(standing);
  });

  it.each<[RecordState, string]>([
    ['issued', 'voided'],
    ['checked', 'voided'],
    ['used', 'record_already_used'],
    ['rejected', 'record_already_decided'],
    ['voided', 'record_voided'],
  ])('that is %s and is to be voided: %s', (state, outcome) => {
    const late = situation({ state, today: '2027-02-01', currentClass: 'violation' });
    const move = moveRecord(late, 'voided');
    expect('state' in move ? move.state : move.refusal).toBe(outcome);
  });

  it('can always be rejected while it waits for a decision', () => {
    const hopeless = situation({ currentClass: 'violation', today: '2027-02-01' });
    expect(assessRecord(hopeless)).toEqual(['record_period_over', 'record_class_changed']);
    expect(moveRecord(hopeless, 'rejected')).toEqual({ state: 'rejected' });
  });

  it('is used at most once, whatever officers do in whatever order', () => {
    const acts = fc.array(fc.constantFrom<Deed>('accepted', 'rejected', 'aptitudeTest', 'issued'), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(acts, fc.constantFrom('excellent', 'general', 'violation'), (sequence, currentClass) => {
        let now = situation({ currentClass });
        const done: Deed[] = [];
        for (const act of sequence) {
          const move = moveRecord(now, act);
          if ('refusal' in move) continue;
          done.push(act);
          const isAptitudeTestPassed = act === 'aptitudeTest' ? true : now.isAptitudeTestPassed;
          now = { ...now, state: move.state, isAptitudeTestPassed };
        }
        expect(done.filter((act) => act === 'issued').length).toBeLessThanOrEqual(1);
        if (done.includes('issued')) expect(done.slice(0, 2)).toEqual(['accepted', 'aptitudeTest']);
        if (done.includes('rejected')) expect(done).toEqual(['rejected']);
      }),
    );
  });
});
