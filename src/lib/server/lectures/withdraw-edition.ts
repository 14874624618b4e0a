import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { countUnfinished } from '../attendance/count-unfinished.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { markWithdrawn } from './edition.queries.ts';
import { lockForMove, SeenDraft } from './lock-draft.ts';
import { writtenText } from './written-text.ts';

export const WithdrawEdition = SeenDraft.extend({
  reason: writtenText(LIMITS.withdrawalReasonMaxLength),
  /** That no one can begin on it any more, and that who has begun finishes on it. */
  confirmed: z.literal('yes').optional(),
});

/**
 * Ends a published edition without another in its place: no one begins on it any more, who has begun finishes on it. The reason is kept
 * with it. Refused as `lockForMove` says, and: `withdrawal_unconfirmed`, `reason_required`.
 */
export async function withdrawEdition(
  app: App,
  administrator: Administrator,
  input: z.output<typeof WithdrawEdition>,
): Promise<void> {
  const { reason } = input;
  await app.db.transaction().execute(async (trx) => {
    const { id, lectureId, number } = await lockForMove(trx, administrator, input, 'withdraw');
    if (reason === '') throw new Refusal('reason_required');
    if (input.confirmed !== 'yes') throw new Refusal('withdrawal_unconfirmed');
    await markWithdrawn(trx, lectureId, { withdrawnAt: app.clock.now(), reason });
    await appendAudit(trx, administrator, {
      what: 'edition.withdrawn',
      subject: { kind: 'edition', id },
      detail: { number, unfinished: await countUnfinished(app, trx, id) },
    });
  });
}
