import { describe, expect, it } from 'vitest';
import { assessAptitude, type AptitudeTest } from './aptitude-test.ts';

const good: AptitudeTest = {
  licenceGroup: 'ordinary',
  eyesightBoth: 1,
  eyesightLeft: 0.9,
  eyesightRight: 0.8,
  wearsGlasses: false,
  fieldDegrees: null,
  depthErrorsMm: [],
  isHearingAndMotionFine: true,
};
const faultsOf = (changes: Partial<AptitudeTest>) => assessAptitude({ ...good, ...changes }).faults;

describe('the aptitude test for 普通', () => {
  it.each<[string, Partial<AptitudeTest>, string[]]>([
    ['just enough with both and each', { eyesightBoth: 0.7, eyesightLeft: 0.3, eyesightRight: 0.3 }, []],
    ['too little with both', { eyesightBoth: 0.6 }, ['eyesight']],
    [
      'one weak eye, the other good and wide',
      { eyesightLeft: 0.2, eyesightRight: 0.7, fieldDegrees: 150 },
      [],
    ],
    [
      'one weak eye, the other good, but narrow',
      { eyesightLeft: 0.2, eyesightRight: 0.7, fieldDegrees: 149 },
      ['field'],
    ],
    ['one weak eye and no field measured', { eyesightRight: 0, eyesightLeft: 1 }, ['field']],
    [
      'one weak eye, the other not good enough',
      { eyesightLeft: 0.2, eyesightRight: 0.6, fieldDegrees: 170 },
      ['eyesight'],
    ],
    ['hearing or motion', { isHearingAndMotionFine: false }, ['hearingOrMotion']],
  ])('%s', (_story, changes, faults) => expect(faultsOf(changes)).toEqual(faults));

  it('issues with the condition of glasses who wears them', () => {
    expect(assessAptitude({ ...good, wearsGlasses: true })).toEqual({ faults: [], needsGlasses: true });
  });
});

describe('the aptitude test for 大型 and 第二種', () => {
  const large = { licenceGroup: 'large', depthErrorsMm: [20, 20, 20] } as const;
  it.each<[string, Partial<AptitudeTest>, string[]]>([
    ['just enough', { eyesightBoth: 0.8, eyesightLeft: 0.5, eyesightRight: 0.5 }, []],
    ['what suffices for 普通', { eyesightBoth: 0.7, eyesightLeft: 0.5, eyesightRight: 0.5 }, ['eyesight']],
    [
      'one weak eye, however wide the field',
      { eyesightLeft: 0.4, eyesightRight: 1.5, fieldDegrees: 180 },
      ['eyesight'],
    ],
    ['depth: a mean of 2 cm', { depthErrorsMm: [0, 0, 60] }, []],
    ['depth: a little more', { depthErrorsMm: [0, 0, 61] }, ['depthVision']],
    ['depth: only two trials', { depthErrorsMm: [0, 0] }, ['depthVision']],
  ])('%s', (_story, changes, faults) => expect(faultsOf({ ...large, ...changes })).toEqual(faults));
});

describe('the aptitude test for 原付', () => {
  it.each<[string, Partial<AptitudeTest>, string[]]>([
    ['0.5 with both, one eye weak', { eyesightBoth: 0.5, eyesightLeft: 0.1, eyesightRight: 0.5 }, []],
    ['too little', { eyesightBoth: 0.4 }, ['eyesight']],
    ['one eye that does not see', { eyesightLeft: 0, eyesightRight: 0.5, fieldDegrees: 150 }, []],
    [
      'one eye that does not see, narrow field',
      { eyesightLeft: 0, eyesightRight: 0.5, fieldDegrees: 100 },
      ['field'],
    ],
  ])('%s', (_story, changes, faults) =>
    expect(faultsOf({ licenceGroup: 'moped', ...changes })).toEqual(faults),
  );
});
