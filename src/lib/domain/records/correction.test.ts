import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessCorrection, standingActs, type ActEntry } from './correction.ts';
import { moveRecord, stateAfter, type ActKind, type Deed, type RecordState } from './record.ts';

const TODAY = '2026-11-22';
interface Entry extends ActEntry {
  readonly officerId: string;
  readonly day: string;
}
const history = (...acts: (readonly [ActKind, Partial<Entry>?])[]): Entry[] =>
  acts.map(([kind, changes], index) => ({
    id: index + 1,
    kind,
    takesBack: null,
    officerId: 'mori',
    day: TODAY,
    ...changes,
  }));
const assess = (entries: Entry[], actId: number, by: { officerId?: string; isSupervisor?: boolean } = {}) =>
  assessCorrection({
    standing: standingActs(entries),
    actId,
    officerId: 'mori',
    isSupervisor: false,
    today: TODAY,
    ...by,
  });

describe('a wrong entry', () => {
  const entries = history(['accepted'], ['aptitudeTest']);

  it('is taken back by who made it today', () => expect(assess(entries, 2)).toBeNull());

  it('is taken back newest first', () => expect(assess(entries, 1)).toBe('correction_not_newest'));

  it('of a colleague is taken back by a supervisor', () => {
    expect(assess(entries, 2, { officerId: 'hayashi' })).toBe('supervisor_required');
    expect(assess(entries, 2, { officerId: 'hayashi', isSupervisor: true })).toBeNull();
  });

  it('of yesterday is taken back by a supervisor', () => {
    const yesterday = history(['accepted', { day: '2026-11-21' }]);
    expect(assess(yesterday, 1)).toBe('supervisor_required');
    expect(assess(yesterday, 1, { isSupervisor: true })).toBeNull();
  });

  it('uncovers the one before it', () => {
    const corrected = [...entries, ...history(['corrected', { takesBack: 2 }]).map((e) => ({ ...e, id: 3 }))];
    expect(standingActs(corrected).map(({ id }) => id)).toEqual([1]);
    expect(assess(corrected, 2)).toBe('correction_not_newest');
    expect(assess(corrected, 1)).toBeNull();
  });

  it('needs something that can be taken back', () => {
    expect(assess([], 1)).toBe('nothing_to_correct');
    const all = history(['accepted'], ['corrected', { takesBack: 1 }]);
    expect(assess(all, 2)).toBe('nothing_to_correct');
  });

  it('that voided a record stands', () => {
    expect(assess(history(['voided']), 1, { isSupervisor: true })).toBe('record_voided');
  });
});

describe('the history of a record', () => {
  const situation = (state: RecordState, isAptitudeTestPassed: boolean | null, isSupervisor: boolean) => ({
    state,
    lectureClass: 'excellent' as const,
    currentClass: 'excellent' as const,
    periodEnd: '2027-01-04',
    today: TODAY,
    issuedOn: TODAY,
    lapse: null,
    isSupervisor,
    isAptitudeTestPassed,
  });
  const deeds: readonly Deed[] = ['accepted', 'rejected', 'referred', 'aptitudeTest', 'issued', 'voided'];

  it('agrees with its state, and has it used at most once at any moment, whatever is done and taken back', () => {
    const steps = fc.array(
      fc.record({
        kind: fc.constantFrom(...deeds, 'corrected' as const),
        isSupervisor: fc.boolean(),
        officerId: fc.constantFrom('mori', 'hayashi'),
        // Sometimes an act that is not the newest, or none.
        aim: fc.constantFrom(0, 0, 0, 1, 2),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(steps, (sequence) => {
        let state: RecordState = 'issued';
        const entries: Entry[] = [];
        for (const { kind, isSupervisor, officerId, aim } of sequence) {
          const standing = standingActs(entries);
          const line = { id: entries.length + 1, officerId, day: TODAY };
          if (kind === 'corrected') {
            const actId = standing.at(-1 - aim)?.id ?? 999;
            const by = { standing, actId, officerId, isSupervisor, today: TODAY };
            if (assessCorrection(by) !== null) continue;
            entries.push({ ...line, kind, takesBack: actId });
            state = stateAfter(standingActs(entries))!;
          } else {
            const isTested = standing.some((act) => act.kind === 'aptitudeTest') ? true : null;
            const move = moveRecord(situation(state, isTested, isSupervisor), kind);
            if ('refusal' in move) continue;
            entries.push({ ...line, kind, takesBack: null });
            state = move.state;
          }
          const now = standingActs(entries);
          const corrections = entries.filter((entry) => entry.kind === 'corrected');
          expect(stateAfter(now)).toBe(state);
          expect(now.filter((act) => act.kind === 'issued').length).toBe(state === 'used' ? 1 : 0);
          expect(new Set(corrections.map(({ takesBack }) => takesBack)).size).toBe(corrections.length);
          expect(now.length + 2 * corrections.length).toBe(entries.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('that cannot have come about is found', () => {
    expect(stateAfter([{ kind: 'issued' }])).toBeNull();
    expect(stateAfter([{ kind: 'rejected' }, { kind: 'accepted' }])).toBeNull();
    expect(stateAfter([])).toBe('issued');
  });
});
