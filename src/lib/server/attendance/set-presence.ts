import { z } from 'zod';
import { PRESENCE_SETTINGS } from '#lib/domain/attendance/presence.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { takeTurn } from '../officers/take-turn.ts';
import { getPresenceSettings, markPresenceSettings } from './presence.queries.ts';

/** A whole number as a form sends it, also in full width; an empty field is none. */
const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .max(10)
    .transform((text) => text.normalize('NFKC').trim())
    .pipe(z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(min).max(max)));

const { maxPerChapter, minAnswerSeconds, maxAnswerSeconds } = PRESENCE_SETTINGS;

export const SetPresence = z.object({
  presencePerChapter: wholeNumber(0, maxPerChapter),
  presenceAnswerSeconds: wholeNumber(minAnswerSeconds, maxAnswerSeconds),
});

/** How the administrator's commission has its learners asked whether they are watching. */
export async function getPresence({ db }: Pick<App, 'db'>, { commissionCode }: Administrator) {
  return getPresenceSettings(db, commissionCode);
}

/**
 * Sets it, for lectures that begin from now on; a lecture that has begun goes on as its learner was told. Setting what is set already
 * changes nothing. Refused: `not_allowed` for an administrator who has been disabled meanwhile.
 */
export async function setPresence(
  app: App,
  administrator: Administrator,
  settings: z.output<typeof SetPresence>,
): Promise<void> {
  const { commissionCode } = administrator;
  await app.db.transaction().execute(async (trx) => {
    await takeTurn(trx, administrator);
    const before = await getPresenceSettings(trx, commissionCode);
    const { presencePerChapter, presenceAnswerSeconds } = settings;
    if (
      before.presencePerChapter === presencePerChapter &&
      before.presenceAnswerSeconds === presenceAnswerSeconds
    )
      return;
    await markPresenceSettings(trx, commissionCode, settings);
    await appendAudit(trx, administrator, {
      what: 'presence.set',
      subject: { kind: 'commission', id: commissionCode },
      detail: {
        presencePerChapter,
        presenceAnswerSeconds,
        perChapterBefore: before.presencePerChapter,
        answerSecondsBefore: before.presenceAnswerSeconds,
      },
    });
  });
}
