import { z } from 'zod';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { assessIssue } from '#lib/domain/records/issue.ts';
import { assessVia, assessViaConfirmed, VIA_CONFIRMATIONS } from '#lib/domain/records/via.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { feeDue } from '#lib/domain/renewal/fees.ts';
import { HOLDING_TYPES } from '#lib/domain/renewal/lecture-class.ts';
import type { App } from '../app.ts';
import { actOnRecord } from './act-on-record.ts';
import { SeenRecord } from './seen-record.ts';
import { viaOf } from './via-of.ts';

export const ISSUE_DAYS = ['sameDay', 'later'] as const;
export type IssueDay = (typeof ISSUE_DAYS)[number];

export const RecordIssue = SeenRecord.extend({
  /** 更新後の保有状況. */
  holdingAfter: z.enum(HOLDING_TYPES),
  issueDay: z.enum(ISSUE_DAYS),
  /** At another commission's counter: what the officer has asked the person and confirmed. */
  viaConfirmed: z.array(z.enum(VIA_CONFIRMATIONS)).default([]),
});

/**
 * 交付: the licence is issued or recorded on the card, today or on a later day, and the record is used up. Refused before a passed
 * aptitude test (`aptitude_test_required`), and what the rules of domain/records/issue.ts and via.ts do not allow. What was due is kept
 * with it, as far as it was known.
 */
export async function recordIssue(
  app: App,
  officer: CounterOfficer,
  input: z.output<typeof RecordIssue>,
): Promise<void> {
  const { holdingAfter, issueDay } = input;
  await actOnRecord(app, officer, input, (context) => {
    const { driver, situation, isVia, feeTables } = context;
    const { holdingType: holdingBefore, suspendedUntil } = driver;
    const { today } = situation;
    const viaRefusal = isVia
      ? (assessVia(...viaOf(context)) ?? assessViaConfirmed(input.viaConfirmed))
      : null;
    const refusal = viaRefusal ?? assessIssue({ holdingBefore, holdingAfter, isVia, suspendedUntil, today });
    if (refusal !== null && situation.state === 'checked') throw new Refusal(refusal);
    const facts = { holdingBefore, holdingAfter, issueDay };
    const fee = feeDue(feeTables, {
      holdingBefore,
      holdingAfter,
      homeCommissionCode: driver.homeCommissionCode,
      officeCommissionCode: officer.commissionCode,
      on: today,
    });
    const viaConfirmed = isVia ? { viaConfirmed: input.viaConfirmed } : {};
    return {
      kind: 'issued',
      detail: { ...facts, isVia, fee, ...viaConfirmed },
      audited: { ...facts, feeYen: fee.totalYen },
    };
  });
}
