import { describe, expect, it } from 'vitest';
import { assessAptitude, needsField, type AptitudeTest } from './aptitude-test.ts';

const good: AptitudeTest = {
  licenceGroup: 'ordinary',
  eyesightBoth: 1,
  eyesightLeft: 0.9,
  eyesightRight: 0.8,
  wearsGlasses: false,
  fieldDegrees: null,
  depthErrorsMm: [],
  hearing: 'heard',
  isMotionFine: true,
};
const assess = (changes: Partial<AptitudeTest>) => assessAptitude({ ...good, ...changes });
/** What is wrong; `?` before what is not measured. */
const wrongWith = (changes: Partial<AptitudeTest>) => {
  const { missing, faults } = assess(changes);
  return [...faults, ...missing.map((what) => `?${what}`)];
};
type Story = [string, Partial<AptitudeTest>, string[]];

describe.each(['ordinary', 'twoWheel', 'largeSpecial'] as const)('the eyes for %s', (licenceGroup) => {
  it.each<Story>([
    ['just enough with both and each', { eyesightBoth: 0.7, eyesightLeft: 0.3, eyesightRight: 0.3 }, []],
    ['a little less with both', { eyesightBoth: 0.69 }, ['eyesight']],
    ['one eye just below: the field is asked for', { eyesightLeft: 0.29, eyesightRight: 1 }, ['?field']],
    ['one weak eye, other good and wide', { eyesightLeft: 0.2, eyesightRight: 0.7, fieldDegrees: 150 }, []],
    [
      'one weak eye, other good but narrow',
      { eyesightLeft: 0.2, eyesightRight: 0.7, fieldDegrees: 149 },
      ['field'],
    ],
    [
      'one weak eye, other not good enough',
      { eyesightLeft: 0.2, eyesightRight: 0.69, fieldDegrees: 170 },
      ['eyesight'],
    ],
    ['one eye that does not see, other good and wide', { eyesightRight: 0, fieldDegrees: 160 }, []],
    ['both weak', { eyesightBoth: 0.7, eyesightLeft: 0.29, eyesightRight: 0.29 }, ['eyesight']],
    ['one eye not measured', { eyesightLeft: null }, ['?eyesight']],
    ['both not measured together', { eyesightBoth: null }, ['?eyesight']],
    ['a narrow field, where it is not asked for', { fieldDegrees: 100 }, []],
    ['no depth', { depthErrorsMm: [90, 90, 90] }, []],
  ])('%s', (_story, changes, wrong) => expect(wrongWith({ licenceGroup, ...changes })).toEqual(wrong));
});

describe.each(['large', 'semiMedium'] as const)('the eyes for %s', (licenceGroup) => {
  it.each<Story>([
    ['just enough', { eyesightBoth: 0.8, eyesightLeft: 0.5, eyesightRight: 0.5 }, []],
    ['a little less with both', { eyesightBoth: 0.79, eyesightLeft: 0.5, eyesightRight: 0.5 }, ['eyesight']],
    [
      'one weak eye, however wide the field',
      { eyesightLeft: 0.49, eyesightRight: 1.5, fieldDegrees: 180 },
      ['eyesight'],
    ],
    ['depth: a mean of 2 cm', { depthErrorsMm: [0, 0, 60] }, []],
    ['depth: a little more', { depthErrorsMm: [0, 0, 61] }, ['depthVision']],
    ['depth: only two trials', { depthErrorsMm: [0, 0] }, ['?depthVision']],
    ['depth: none', { depthErrorsMm: [] }, ['?depthVision']],
  ])('%s', (_story, changes, wrong) =>
    expect(wrongWith({ depthErrorsMm: [20, 20, 20], licenceGroup, ...changes })).toEqual(wrong),
  );
});

describe('the eyes for 原付', () => {
  const notEach = { eyesightLeft: null, eyesightRight: null };
  it.each<Story>([
    ['0.5 with both, each not asked for', { eyesightBoth: 0.5, ...notEach }, []],
    ['0.5 with both, one eye weak', { eyesightBoth: 0.5, eyesightLeft: 0.1, eyesightRight: 0.5 }, []],
    ['too little', { eyesightBoth: 0.49, ...notEach }, ['eyesight']],
    ['nothing measured', { eyesightBoth: null, ...notEach }, ['?eyesight']],
    ['one eye that does not see', { eyesightLeft: 0, eyesightRight: 0.5, fieldDegrees: 150 }, []],
    [
      'one eye that does not see, narrow',
      { eyesightLeft: 0, eyesightRight: 0.5, fieldDegrees: 149 },
      ['field'],
    ],
    [
      'one eye that does not see, the other too weak',
      { eyesightLeft: 0.4, eyesightRight: 0, fieldDegrees: 150 },
      ['eyesight'],
    ],
    [
      'one eye that does not see, the other not measured',
      { eyesightLeft: 0, eyesightRight: null },
      ['?eyesight'],
    ],
  ])('%s', (_story, changes, wrong) =>
    expect(wrongWith({ licenceGroup: 'moped', ...changes })).toEqual(wrong),
  );
});

describe('the field of vision', () => {
  it('is asked for when one eye may stand in for the other, and only then', () => {
    const eyes = { eyesightLeft: 0.2, eyesightRight: 1 };
    expect(needsField({ licenceGroup: 'ordinary', ...eyes })).toBe(true);
    expect(needsField({ licenceGroup: 'ordinary', ...eyes, eyesightLeft: 0.3 })).toBe(false);
    expect(needsField({ licenceGroup: 'large', ...eyes })).toBe(false);
    expect(needsField({ licenceGroup: 'moped', ...eyes })).toBe(false);
    expect(needsField({ licenceGroup: 'moped', ...eyes, eyesightLeft: 0 })).toBe(true);
  });
});

describe('hearing', () => {
  const depthErrorsMm = [0, 0, 0];
  it.each(['ordinary', 'largeSpecial', 'semiMedium', 'large'] as const)(
    'is tested for %s',
    (licenceGroup) => {
      const wrong = (hearing: AptitudeTest['hearing']) => wrongWith({ licenceGroup, depthErrorsMm, hearing });
      expect(wrong('heard')).toEqual([]);
      expect(wrong('heardWithAid')).toEqual([]);
      expect(wrong('notHeard')).toEqual(['hearing']);
      expect(wrong(null)).toEqual(['?hearing']);
      const mayUseMirror = licenceGroup === 'ordinary' || licenceGroup === 'semiMedium';
      expect(wrong('notHeardMirror')).toEqual(mayUseMirror ? [] : ['hearing']);
    },
  );

  it.each(['twoWheel', 'moped'] as const)('is not tested for %s', (licenceGroup) => {
    expect(wrongWith({ licenceGroup, hearing: null })).toEqual([]);
    expect(assess({ licenceGroup, hearing: 'heardWithAid' }).conditions).toEqual([]);
  });
});

describe('the rest', () => {
  it('is limbs and body for every kind', () => {
    expect(wrongWith({ isMotionFine: false })).toEqual(['motion']);
    expect(wrongWith({ licenceGroup: 'moped', isMotionFine: null })).toEqual(['?motion']);
  });

  it('is what the licence then carries', () => {
    expect(assess({}).conditions).toEqual([]);
    expect(assess({ wearsGlasses: true, hearing: 'heardWithAid' }).conditions).toEqual([
      'glasses',
      'hearingAid',
    ]);
    expect(assess({ hearing: 'notHeardMirror' }).conditions).toEqual(['mirror']);
    expect(assess({ hearing: 'notHeard' }).conditions).toEqual([]);
  });
});
