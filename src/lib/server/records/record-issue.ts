import { z } from 'zod';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { assessIssue } from '#lib/domain/records/issue.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { HOLDING_TYPES } from '#lib/domain/renewal/lecture-class.ts';
import type { App } from '../app.ts';
import { actOnRecord } from './act-on-record.ts';
import { SeenRecord } from './seen-record.ts';

export const ISSUE_DAYS = ['sameDay', 'later'] as const;
export type IssueDay = (typeof ISSUE_DAYS)[number];

export const RecordIssue = SeenRecord.extend({
  /** 更新後の保有状況. */
  holdingAfter: z.enum(HOLDING_TYPES),
  issueDay: z.enum(ISSUE_DAYS),
});

/**
 * 交付: the licence is issued or recorded on the card, today or on a later day, and the record is used up. Refused before a passed
 * aptitude test (`aptitude_test_required`), and what the rules of domain/records/issue.ts do not allow.
 */
export async function recordIssue(
  app: App,
  officer: CounterOfficer,
  input: z.output<typeof RecordIssue>,
): Promise<void> {
  const { holdingAfter, issueDay } = input;
  await actOnRecord(app, officer, input, ({ driver, situation, isVia }) => {
    const { holdingType: holdingBefore, suspendedUntil } = driver;
    const refusal = assessIssue({
      holdingBefore,
      holdingAfter,
      isVia,
      suspendedUntil,
      today: situation.today,
    });
    if (refusal !== null && situation.state === 'checked') throw new Refusal(refusal);
    const facts = { holdingBefore, holdingAfter, issueDay };
    return { kind: 'issued', detail: { ...facts, isVia }, audited: facts };
  });
}
