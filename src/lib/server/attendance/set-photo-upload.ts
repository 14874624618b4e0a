import { z } from 'zod';
import type { Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { takeTurn } from '../officers/take-turn.ts';
import { isPhotoUploadAllowed, markPhotoUpload } from './gates.queries.ts';

export const SetPhotoUpload = z.object({
  /** A box that is not ticked sends nothing. */
  photoUploadAllowed: z
    .literal('allowed')
    .optional()
    .transform((sent) => sent === 'allowed'),
});

/** Whether learners of the administrator's commission may send a photo of their device instead of the camera's. */
export async function getPhotoUpload({ db }: Pick<App, 'db'>, { commissionCode }: Administrator) {
  return isPhotoUploadAllowed(db, commissionCode);
}

/**
 * Sets it, from now on and for lectures that have begun, too: the camera goes on working for everybody. Setting what is set already changes
 * nothing. Refused: `not_allowed` for an administrator who has been disabled meanwhile.
 */
export async function setPhotoUpload(
  app: App,
  administrator: Administrator,
  { photoUploadAllowed }: z.output<typeof SetPhotoUpload>,
): Promise<void> {
  const { commissionCode } = administrator;
  await app.db.transaction().execute(async (trx) => {
    await takeTurn(trx, administrator);
    if ((await isPhotoUploadAllowed(trx, commissionCode)) === photoUploadAllowed) return;
    await markPhotoUpload(trx, commissionCode, photoUploadAllowed);
    await appendAudit(trx, administrator, {
      what: 'photoUpload.set',
      subject: { kind: 'commission', id: commissionCode },
      detail: { isAllowed: photoUploadAllowed },
    });
  });
}
