import { HEARINGS, LICENCE_GROUPS, type AptitudeTest } from '#lib/domain/records/aptitude-test.ts';

/** What has been entered of an aptitude test so far; null for an empty box. */
export function readTestForm(form: FormData): AptitudeTest {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const number = (name: string) => (text(name) === '' ? null : Number(text(name)));
  const motion = text('isMotionFine');
  return {
    licenceGroup: LICENCE_GROUPS.find((group) => group === text('licenceGroup')) ?? 'ordinary',
    eyesightBoth: number('eyesightBoth'),
    eyesightLeft: number('eyesightLeft'),
    eyesightRight: number('eyesightRight'),
    wearsGlasses: text('wearsGlasses') === 'yes',
    fieldDegrees: number('fieldDegrees'),
    depthErrorsMm: [1, 2, 3].map((trial) => number(`depthError${trial}Mm`)).filter((error) => error !== null),
    hearing: HEARINGS.find((hearing) => hearing === text('hearing')) ?? null,
    isMotionFine: motion === '' ? null : motion === 'yes',
  };
}
