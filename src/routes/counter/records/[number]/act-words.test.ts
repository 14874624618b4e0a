import { expect, test } from 'vitest';
import { testLines } from './act-words.ts';

test('an eyesight is said as it was measured: 0.65 does not read as the 0.7 that would do', () => {
  const [, values] = testLines({
    licenceGroup: 'ordinary',
    eyesightBoth: 0.65,
    eyesightRight: 0.3,
    eyesightLeft: 1,
    wearsGlasses: false,
    fieldDegrees: null,
    depthErrorsMm: [],
    hearing: 'heard',
    isMotionFine: true,
    faults: ['eyesight'],
    conditions: [],
  });
  expect(values).toMatch(/0\.65\D+0\.3\D+1\.0$/);
});
