import { describe, expect, it } from 'vitest';
import { assessIssue, type PlannedIssue } from './issue.ts';

const plan: PlannedIssue = {
  holdingBefore: 'both',
  holdingAfter: 'both',
  isVia: false,
  suspendedUntil: null,
  today: '2026-11-22',
};

describe('the issue of a licence', () => {
  it('lets the person choose what to hold at home', () => {
    for (const holdingAfter of ['cardOnly', 'mynaOnly', 'both'] as const) {
      expect(assessIssue({ ...plan, holdingAfter })).toBeNull();
    }
  });

  it('changes nothing of it at another commission, but takes a licence card back', () => {
    const via = { ...plan, isVia: true };
    expect(assessIssue(via)).toBeNull();
    expect(assessIssue({ ...via, holdingAfter: 'mynaOnly' })).toBeNull();
    expect(assessIssue({ ...via, holdingAfter: 'cardOnly' })).toBe('via_holding_change');
    expect(assessIssue({ ...via, holdingBefore: 'mynaOnly' })).toBe('via_holding_change');
  });

  it('records nothing on a card while the licence is suspended', () => {
    const suspended = { ...plan, suspendedUntil: '2026-11-22' };
    expect(assessIssue(suspended)).toBe('licence_suspended');
    expect(assessIssue({ ...suspended, holdingAfter: 'cardOnly' })).toBeNull();
    expect(assessIssue({ ...suspended, today: '2026-11-23' })).toBeNull();
  });
});
