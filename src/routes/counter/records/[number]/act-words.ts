import type { AptitudeFault, LicenceCondition } from '#lib/domain/records/aptitude-test.ts';
import { m } from '#lib/paraglide/messages.js';
import type { DescribedAct } from '#lib/server/records/describe-acts.ts';
import type { RecordedTest } from '#lib/server/records/latest-test.ts';

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

export const reasonWords = (reason: string | null): string =>
  reason === null ? '' : (REASONS[reason]?.() ?? reason);

/** What an officer did, in a word; of a correction also what it took back. */
export const actWords = (act: DescribedAct): string =>
  act.kind === 'corrected'
    ? m.counter_act_corrected({ act: m[`counter_act_${act.takenBack}`]() })
    : m[`counter_act_${act.kind}`]();

export const faultWords = (faults: readonly AptitudeFault[]): string =>
  faults.map((fault) => m[`counter_fault_${fault}`]()).join('・');

/** What the licence carries, in one line; nothing when it carries nothing. */
export const conditionLines = (conditions: readonly LicenceCondition[]): string[] =>
  conditions.length === 0
    ? []
    : [
        m.counter_test_condition({
          conditions: conditions.map((condition) => m[`counter_condition_${condition}`]()).join('・'),
        }),
      ];

const acuity = (eye: number | null): string => (eye === null ? '–' : eye.toFixed(1));

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
