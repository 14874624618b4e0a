/**
 * 適性検査: the eyesight that 道路交通法施行規則23条1項の表 asks for, by the kinds of licence that somebody holds; who holds several
 * needs the strictest group of them.
 */
export const LICENCE_GROUPS = ['ordinary', 'large', 'moped'] as const;
/**
 * `ordinary`: 普通・大型特殊・大型二輪・普通二輪 (with 中型 limited to 8 t and 準中型 limited to 5 t); `large`: 大型・中型・準中型・けん引・第二種;
 * `moped`: 原付・小型特殊.
 */
export type LicenceGroup = (typeof LICENCE_GROUPS)[number];

interface Criteria {
  /** Visual acuity (decimal) with both eyes. */
  readonly both: number;
  /** With each eye; null where it is not asked for. */
  readonly each: number | null;
  /** Acuity of the better eye for somebody whose other eye does not reach `each`; null where that does not suffice. */
  readonly betterEye: number | null;
  readonly needsDepthVision: boolean;
}

const CRITERIA: Readonly<Record<LicenceGroup, Criteria>> = {
  ordinary: { both: 0.7, each: 0.3, betterEye: 0.7, needsDepthVision: false },
  large: { both: 0.8, each: 0.5, betterEye: null, needsDepthVision: true },
  moped: { both: 0.5, each: null, betterEye: 0.5, needsDepthVision: false },
};

const FIELD_DEGREES = 150;
/** 三桿法: three trials at 2.5 m, whose mean error is at most 2 cm. */
const DEPTH_TRIALS = 3;
const DEPTH_MEAN_ERROR_MAX_MM = 20;

export interface AptitudeTest {
  readonly licenceGroup: LicenceGroup;
  /** Decimal acuity as measured, with the glasses or lenses that the person wears. */
  readonly eyesightBoth: number;
  readonly eyesightLeft: number;
  readonly eyesightRight: number;
  readonly wearsGlasses: boolean;
  /** Horizontal field of vision of the better eye, in degrees; null when not measured. */
  readonly fieldDegrees: number | null;
  /** Error of each trial of depth vision, in millimetres; empty when not measured. */
  readonly depthErrorsMm: readonly number[];
  readonly isHearingAndMotionFine: boolean;
}

export const APTITUDE_FAULTS = ['eyesight', 'field', 'depthVision', 'hearingOrMotion'] as const;
export type AptitudeFault = (typeof APTITUDE_FAULTS)[number];

/** What the criteria are not met in; empty means passed. `needsGlasses`: the licence is issued with 条件 眼鏡等. */
export function assessAptitude(test: AptitudeTest): { faults: AptitudeFault[]; needsGlasses: boolean } {
  const criteria = CRITERIA[test.licenceGroup];
  const faults = [
    ...eyeFaults(test, criteria),
    ...(criteria.needsDepthVision && !hasDepthVision(test.depthErrorsMm) ? (['depthVision'] as const) : []),
    ...(test.isHearingAndMotionFine ? [] : (['hearingOrMotion'] as const)),
  ];
  return { faults, needsGlasses: test.wearsGlasses };
}

function eyeFaults(
  { eyesightBoth, eyesightLeft, eyesightRight, fieldDegrees }: AptitudeTest,
  criteria: Criteria,
): AptitudeFault[] {
  const [worse, better] =
    eyesightLeft < eyesightRight ? [eyesightLeft, eyesightRight] : [eyesightRight, eyesightLeft];
  const isOneEyed = criteria.each === null ? worse === 0 : worse < criteria.each;
  if (!isOneEyed) return eyesightBoth >= criteria.both ? [] : ['eyesight'];
  if (criteria.betterEye === null || better < criteria.betterEye) return ['eyesight'];
  return fieldDegrees !== null && fieldDegrees >= FIELD_DEGREES ? [] : ['field'];
}

function hasDepthVision(errorsMm: readonly number[]): boolean {
  const sumMm = errorsMm.reduce((sum, error) => sum + error, 0);
  return errorsMm.length === DEPTH_TRIALS && sumMm <= DEPTH_TRIALS * DEPTH_MEAN_ERROR_MAX_MM;
}
