import type { Insertable, Updateable } from 'kysely';
import type { Browser, Device } from '#lib/domain/people/browser-family.ts';
import type { Database, DB, Transaction } from '../db/database.ts';
import type { SignInMethod } from '../sign-in/proof.ts';

type Connection = Database | Transaction<DB>;

const COLUMNS = [
  'id',
  'secretSha256',
  'browserSha256',
  'browser',
  'device',
  'next',
  'number',
  'choices',
  'createdAt',
  'expiresAt',
  'claimedAt',
  'phoneSha256',
  'approvedAt',
  'credentialId',
  'method',
  'endedAt',
] as const;

interface Narrowed {
  browser: Browser;
  device: Device;
  method: SignInMethod | null;
}

const select = (db: Connection, id: string) =>
  db.selectFrom('handOver').select(COLUMNS).$narrowType<Narrowed>().where('id', '=', id);

export type HandOverRow = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>;

export function findHandOver(db: Connection, id: string): Promise<HandOverRow | undefined> {
  return select(db, id).executeTakeFirst();
}

/** The same, so that of two who act at the same time the second sees what the first one did. */
export function lockHandOver(trx: Transaction<DB>, id: string): Promise<HandOverRow | undefined> {
  return select(trx, id).forUpdate().executeTakeFirst();
}

export async function insertHandOver(db: Connection, row: Insertable<DB['handOver']>): Promise<void> {
  await db.insertInto('handOver').values(row).execute();
}

export async function markHandOver(
  trx: Transaction<DB>,
  id: string,
  marks: Pick<
    Updateable<DB['handOver']>,
    'claimedAt' | 'phoneSha256' | 'approvedAt' | 'credentialId' | 'method' | 'endedAt'
  >,
): Promise<void> {
  await trx.updateTable('handOver').set(marks).where('id', '=', id).execute();
}

export async function deleteHandOversExpiredBefore(db: Connection, instant: Date): Promise<void> {
  await db.deleteFrom('handOver').where('expiresAt', '<', instant).execute();
}
