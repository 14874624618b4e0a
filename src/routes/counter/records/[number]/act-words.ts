import type { AptitudeFault, LicenceCondition } from '#lib/domain/records/aptitude-test.ts';
import { m } from '#lib/paraglide/messages.js';
import type { DescribedAct } from '#lib/server/records/describe-acts.ts';
import type { RecordedTest } from '#lib/server/records/latest-test.ts';
import { deedWords } from '../../counter-words.ts';

type IssueDay = Extract<DescribedAct, { kind: 'issued' }>['issue']['issueDay'];

const REASONS: Readonly<Record<string, () => string>> = {
  photoMismatch: m.counter_reason_photoMismatch,
  classChanged: m.counter_reason_classChanged,
  classCovered: m.counter_reason_classCovered,
  proxyAttendance: m.counter_reason_proxyAttendance,
  issuedInError: m.counter_reason_issuedInError,
  cantTell: m.counter_reason_cantTell,
  wrongEntry: m.counter_reason_wrongEntry,
  other: m.counter_reason_other,
};

const FAULTS: Readonly<Record<AptitudeFault, () => string>> = {
  eyesight: m.counter_fault_eyesight,
  field: m.counter_fault_field,
  depthVision: m.counter_fault_depthVision,
  hearing: m.counter_fault_hearing,
  motion: m.counter_fault_motion,
};

const CONDITIONS: Readonly<Record<LicenceCondition, () => string>> = {
  glasses: m.counter_condition_glasses,
  hearingAid: m.counter_condition_hearingAid,
  mirror: m.counter_condition_mirror,
};

const DAYS: Readonly<Record<IssueDay, () => string>> = {
  sameDay: m.counter_day_sameDay,
  later: m.counter_day_later,
};

export const dayWords = (day: IssueDay): string => DAYS[day]();

export const reasonWords = (reason: string | null): string =>
  reason === null ? '' : (REASONS[reason]?.() ?? reason);

/** What an officer did, in a word; of a correction also what it took back. */
export const actWords = (act: DescribedAct): string =>
  act.kind === 'corrected' ? m.counter_act_corrected({ act: deedWords(act.takenBack) }) : deedWords(act.kind);

export const faultWords = (faults: readonly AptitudeFault[]): string =>
  faults.map((fault) => FAULTS[fault]()).join('・');

/** What the licence carries, in one line; nothing when it carries nothing. */
export const conditionLines = (conditions: readonly LicenceCondition[]): string[] =>
  conditions.length === 0
    ? []
    : [
        m.counter_test_condition({
          conditions: conditions.map((condition) => CONDITIONS[condition]()).join('・'),
        }),
      ];

/** As it was measured: rounded, 0.65 would read as the 0.7 that it is not. */
const acuity = (eye: number | null): string =>
  eye === null ? '–' : eye.toLocaleString('ja-JP', { minimumFractionDigits: 1, maximumFractionDigits: 2 });

/** An aptitude test in short: what it came to, the eyesight, and the conditions that follow. */
export function testLines(test: RecordedTest): string[] {
  return [
    test.faults.length === 0
      ? m.counter_test_passed()
      : m.counter_test_failed({ faults: faultWords(test.faults) }),
    m.counter_test_values({
      both: acuity(test.eyesightBoth),
      left: acuity(test.eyesightLeft),
      right: acuity(test.eyesightRight),
    }),
    ...conditionLines(test.conditions),
  ];
}
