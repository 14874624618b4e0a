import { z } from 'zod';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { isCalendarDate, tokyoDate } from '#lib/domain/renewal/calendar.ts';
import { HOLDING_TYPES } from '#lib/domain/renewal/lecture-class.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { takeTurn } from '../officers/take-turn.ts';
import { insertFeeTable, isNationalCommission } from './fees.queries.ts';

const FEE_MAX_YEN = 100_000;

/** An amount as a form sends it, also in full width and with thousands' commas; an empty field is not known, never 0. */
const yen = z
  .string()
  .max(20)
  .transform((text) => text.normalize('NFKC').replaceAll(',', '').trim())
  .pipe(
    z.union([
      z.literal('').transform(() => null),
      z
        .string()
        .regex(/^\d{1,6}$/)
        .transform(Number),
    ]),
  )
  .pipe(z.number().max(FEE_MAX_YEN).nullable());

export const AddFeeTable = z.object({
  validFrom: z.string().refine(isCalendarDate),
  /** Renewal fees by what is held before, and under each by what is held after, in the order of HOLDING_TYPES. */
  renewalYen: z.array(yen).length(HOLDING_TYPES.length ** 2),
  onlineLectureYen: yen,
  viaYen: yen,
});

/**
 * Enters a table of fees that applies from a day on, for the administrator's commission (for the country, where that is a national one).
 * What was entered before stays as it is; a second table for the same day takes the place of the first. Refused: `fee_table_in_past` for
 * a day before today in Japan, `not_allowed` for an administrator who has been disabled meanwhile.
 */
export async function addFeeTable(
  app: App,
  administrator: Administrator,
  input: z.output<typeof AddFeeTable>,
): Promise<void> {
  const { validFrom, onlineLectureYen, viaYen } = input;
  await app.db.transaction().execute(async (trx) => {
    await takeTurn(trx, administrator);
    const now = app.clock.now();
    if (validFrom < tokyoDate(now)) throw new Refusal('fee_table_in_past');
    const isNational = await isNationalCommission(trx, administrator.commissionCode);
    const fees = HOLDING_TYPES.flatMap((holdingBefore, row) =>
      HOLDING_TYPES.map((holdingAfter, column) => ({
        holdingBefore,
        holdingAfter,
        yen: input.renewalYen[row * HOLDING_TYPES.length + column] ?? null,
      })),
    );
    const commissionCode = isNational ? null : administrator.commissionCode;
    const table = { commissionCode, validFrom, onlineLectureYen, viaYen };
    const id = await insertFeeTable(
      trx,
      { ...table, enteredBy: administrator.officerId, enteredAt: now },
      fees,
    );
    await appendAudit(trx, administrator, {
      what: 'feeTable.added',
      subject: { kind: 'feeTable', id: String(id) },
      detail: { validFrom, isNational },
    });
  });
}
