import type { Insertable } from 'kysely';
import type { Database, DB, Transaction } from '../db/database.ts';
import type { ChallengePurpose } from './challenge.ts';

type Connection = Database | Transaction<DB>;

export async function insertChallenge(db: Connection, challenge: Insertable<DB['challenge']>): Promise<void> {
  await db.insertInto('challenge').values(challenge).execute();
}

/** Takes the challenge, once: of two who try at the same time one gets it and the other undefined. */
export function consumeChallenge(
  db: Connection,
  { id, purpose, consumedAt }: { id: string; purpose: ChallengePurpose; consumedAt: Date },
): Promise<{ value: string; browserSha256: Buffer; expiresAt: Date } | undefined> {
  return db
    .updateTable('challenge')
    .set({ consumedAt })
    .where('id', '=', id)
    .where('purpose', '=', purpose)
    .where('consumedAt', 'is', null)
    .returning(['value', 'browserSha256', 'expiresAt'])
    .executeTakeFirst();
}

export function findConsumedChallenge(
  db: Connection,
  { id, purpose }: { id: string; purpose: ChallengePurpose },
): Promise<{ id: string } | undefined> {
  return db
    .selectFrom('challenge')
    .select('id')
    .where('id', '=', id)
    .where('purpose', '=', purpose)
    .where('consumedAt', 'is not', null)
    .executeTakeFirst();
}

export async function deleteChallengesExpiredBefore(db: Connection, instant: Date): Promise<void> {
  await db.deleteFrom('challenge').where('expiresAt', '<', instant).execute();
}
