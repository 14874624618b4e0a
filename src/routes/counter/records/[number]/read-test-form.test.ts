import { expect, it } from 'vitest';
import { readTestForm } from './read-test-form.ts';

const form = (entries: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(entries)) data.set(name, value);
  return data;
};

it('reads what has been entered so far, and takes an empty box for not measured, never for 0', () => {
  expect(readTestForm(form({ licenceGroup: 'large', eyesightBoth: '0', eyesightLeft: ' ' }))).toEqual({
    licenceGroup: 'large',
    eyesightBoth: 0,
    eyesightLeft: null,
    eyesightRight: null,
    wearsGlasses: false,
    fieldDegrees: null,
    depthErrorsMm: [],
    hearing: null,
    isMotionFine: null,
  });
});

it('reads all of a test', () => {
  expect(
    readTestForm(
      form({
        licenceGroup: 'semiMedium',
        eyesightBoth: '0.8',
        eyesightLeft: '0.5',
        eyesightRight: '1.2',
        wearsGlasses: 'yes',
        fieldDegrees: '150',
        depthError1Mm: '10',
        depthError2Mm: '0',
        depthError3Mm: '30',
        hearing: 'heardWithAid',
        isMotionFine: 'no',
      }),
    ),
  ).toMatchObject({
    licenceGroup: 'semiMedium',
    wearsGlasses: true,
    depthErrorsMm: [10, 0, 30],
    hearing: 'heardWithAid',
    isMotionFine: false,
  });
});
