import { m } from '#lib/paraglide/messages.js';
import type { RecordedTest } from '#lib/server/records/latest-test.ts';

const REASONS: Readonly<Record<string, () => string>> = {
  photoMismatch: m.counter_reason_photoMismatch,
  classChanged: m.counter_reason_classChanged,
  classCovered: m.counter_reason_classCovered,
  proxyAttendance: m.counter_reason_proxyAttendance,
  issuedInError: m.counter_reason_issuedInError,
  other: m.counter_reason_other,
};

export const reasonWords = (reason: string | null): string =>
  reason === null ? '' : (REASONS[reason]?.() ?? reason);

/** An aptitude test in short: what it came to, the eyesight, and the condition that follows. */
export function testLines(test: RecordedTest): string[] {
  const faults = test.faults.map((fault) => m[`counter_fault_${fault}`]()).join('・');
  return [
    faults === '' ? m.counter_test_passed() : m.counter_test_failed({ faults }),
    m.counter_test_values({
      both: test.eyesightBoth.toFixed(1),
      left: test.eyesightLeft.toFixed(1),
      right: test.eyesightRight.toFixed(1),
    }),
    ...(test.needsGlasses ? [m.counter_test_condition_glasses()] : []),
  ];
}
