/**
 * 適性検査 by 道路交通法施行規則23条1項の表, for the kinds of licence that somebody holds; who holds several needs the strictest of them. Colours
 * are not tested again of somebody who holds a licence.
 */
export const LICENCE_GROUPS = [
  'ordinary',
  'twoWheel',
  'largeSpecial',
  'moped',
  'semiMedium',
  'large',
] as const;
/**
 * `ordinary`: 普通 (with 中型 limited to 8 t and 準中型 limited to 5 t); `twoWheel`: 大型二輪・普通二輪; `largeSpecial`: 大型特殊; `moped`: 原付・小型特殊;
 * `semiMedium`: 準中型; `large`: 大型・中型・けん引・第二種.
 */
export type LicenceGroup = (typeof LICENCE_GROUPS)[number];

/**
 * The 90 dB of a horn at 10 m: heard with or without a hearing aid, or not even with one. `notHeardMirror`: not heard, and the licence carries
 * the condition of 特定後写鏡等 with which 普通 and 準中型 are driven nevertheless.
 */
export const HEARINGS = ['heard', 'heardWithAid', 'notHeardMirror', 'notHeard'] as const;
export type Hearing = (typeof HEARINGS)[number];

interface Criteria {
  /** Visual acuity (decimal) with both eyes. */
  readonly both: number;
  /** With each eye; null where it is not asked for, and only an eye that does not see matters. */
  readonly each: number | null;
  /** Acuity of the better eye, with a wide field, for somebody whose other eye does not reach `each`; null where that does not suffice. */
  readonly betterEye: number | null;
  readonly needsDepthVision: boolean;
  /** What is heard well enough; null where hearing is not tested. */
  readonly hearings: readonly Hearing[] | null;
}

const CAR = { both: 0.7, each: 0.3, betterEye: 0.7, needsDepthVision: false } as const;
const LORRY = { both: 0.8, each: 0.5, betterEye: null, needsDepthVision: true } as const;
const WITH_AID: readonly Hearing[] = ['heard', 'heardWithAid'];
const WITH_MIRROR: readonly Hearing[] = [...WITH_AID, 'notHeardMirror'];

export const CRITERIA: Readonly<Record<LicenceGroup, Criteria>> = {
  ordinary: { ...CAR, hearings: WITH_MIRROR },
  twoWheel: { ...CAR, hearings: null },
  largeSpecial: { ...CAR, hearings: WITH_AID },
  moped: { both: 0.5, each: null, betterEye: 0.5, needsDepthVision: false, hearings: null },
  semiMedium: { ...LORRY, hearings: WITH_MIRROR },
  large: { ...LORRY, hearings: WITH_AID },
};

const FIELD_DEGREES = 150;
/** 三桿法: three trials at 2.5 m, whose mean error is at most 2 cm. */
const DEPTH_TRIALS = 3;
const DEPTH_MEAN_ERROR_MAX_MM = 20;

/** As measured; null for what was not measured. */
export interface AptitudeTest {
  readonly licenceGroup: LicenceGroup;
  /** Decimal acuity, with the glasses or lenses that the person wears. An eye that does not see is 0. */
  readonly eyesightBoth: number | null;
  readonly eyesightLeft: number | null;
  readonly eyesightRight: number | null;
  readonly wearsGlasses: boolean;
  /** Horizontal field of vision of the better eye, in degrees. */
  readonly fieldDegrees: number | null;
  /** Error of each trial of depth vision, in millimetres. */
  readonly depthErrorsMm: readonly number[];
  readonly hearing: Hearing | null;
  /** 運動能力: nothing about limbs and body that endangers driving, aids included. */
  readonly isMotionFine: boolean | null;
}

export const APTITUDE_FAULTS = ['eyesight', 'field', 'depthVision', 'hearing', 'motion'] as const;
export type AptitudeFault = (typeof APTITUDE_FAULTS)[number];

/** 免許の条件 that a passed test brings: 眼鏡等, 補聴器, 特定後写鏡等 with 聴覚障害者標識. */
export const LICENCE_CONDITIONS = ['glasses', 'hearingAid', 'mirror'] as const;
export type LicenceCondition = (typeof LICENCE_CONDITIONS)[number];

export interface AptitudeResult {
  /** What the kind needs and has not been measured; as long as there is any, nothing is decided. */
  readonly missing: AptitudeFault[];
  /** What the criteria are not met in; empty, with nothing missing, means passed. */
  readonly faults: AptitudeFault[];
  readonly conditions: LicenceCondition[];
}

type Verdict = 'met' | 'notMet' | 'missing';

/** Judges what was measured by the criteria of the kind; what the kind does not ask for is not looked at. */
export function assessAptitude(test: AptitudeTest): AptitudeResult {
  const criteria = CRITERIA[test.licenceGroup];
  const verdicts: Record<AptitudeFault, Verdict> = {
    ...judgeEyes(test, criteria),
    depthVision: criteria.needsDepthVision ? judgeDepth(test.depthErrorsMm) : 'met',
    hearing: judgeHearing(test.hearing, criteria),
    motion: test.isMotionFine === null ? 'missing' : test.isMotionFine ? 'met' : 'notMet',
  };
  const those = (verdict: Verdict) => APTITUDE_FAULTS.filter((what) => verdicts[what] === verdict);
  return { missing: those('missing'), faults: those('notMet'), conditions: conditionsOf(test, criteria) };
}

/** Whether the field of vision matters: one eye does not reach what is asked of each (原付: does not see) and the other may stand in for it. */
export function needsField({
  licenceGroup,
  eyesightLeft,
  eyesightRight,
}: Pick<AptitudeTest, 'licenceGroup' | 'eyesightLeft' | 'eyesightRight'>): boolean {
  const { each, betterEye } = CRITERIA[licenceGroup];
  const isWeak = (eye: number | null) => eye !== null && (each === null ? eye === 0 : eye < each);
  return betterEye !== null && (isWeak(eyesightLeft) || isWeak(eyesightRight));
}

function judgeEyes(test: AptitudeTest, criteria: Criteria): { eyesight: Verdict; field: Verdict } {
  const { eyesightBoth, eyesightLeft, eyesightRight, fieldDegrees } = test;
  if (needsField(test)) {
    if (eyesightLeft === null || eyesightRight === null) return { eyesight: 'missing', field: 'met' };
    if (Math.max(eyesightLeft, eyesightRight) < criteria.betterEye!)
      return { eyesight: 'notMet', field: 'met' };
    if (fieldDegrees === null) return { eyesight: 'met', field: 'missing' };
    return { eyesight: 'met', field: fieldDegrees >= FIELD_DEGREES ? 'met' : 'notMet' };
  }
  const { both, each } = criteria;
  const asked = [[eyesightBoth, both] as const].concat(
    each === null ? [] : [[eyesightLeft, each] as const, [eyesightRight, each] as const],
  );
  const isMissing = asked.some(([measured]) => measured === null);
  const isMet = asked.every(([measured, least]) => measured !== null && measured >= least);
  return { eyesight: isMissing ? 'missing' : isMet ? 'met' : 'notMet', field: 'met' };
}

function judgeDepth(errorsMm: readonly number[]): Verdict {
  if (errorsMm.length < DEPTH_TRIALS) return 'missing';
  const sumMm = errorsMm.reduce((sum, error) => sum + error, 0);
  return sumMm <= errorsMm.length * DEPTH_MEAN_ERROR_MAX_MM ? 'met' : 'notMet';
}

function judgeHearing(hearing: Hearing | null, { hearings }: Criteria): Verdict {
  if (hearings === null) return 'met';
  if (hearing === null) return 'missing';
  return hearings.includes(hearing) ? 'met' : 'notMet';
}

function conditionsOf({ wearsGlasses, hearing }: AptitudeTest, { hearings }: Criteria): LicenceCondition[] {
  const hears = hearings !== null && hearing !== null && hearings.includes(hearing) ? hearing : null;
  return [
    ...(wearsGlasses ? (['glasses'] as const) : []),
    ...(hears === 'heardWithAid' ? (['hearingAid'] as const) : []),
    ...(hears === 'notHeardMirror' ? (['mirror'] as const) : []),
  ];
}
