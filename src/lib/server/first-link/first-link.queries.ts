import { sql, type Insertable } from 'kysely';
import type { LinkDifference } from '#lib/domain/people/compare-four-information.ts';
import type { Database, DB, Transaction } from '../db/database.ts';
import type { CredentialIdentity, SignInMethod } from '../sign-in/proof.ts';

type Connection = Database | Transaction<DB>;

export type FirstLinkState = 'open' | 'awaitingOfficer' | 'linked' | 'declined' | 'expired';

const COLUMNS = [
  'id',
  'receiptNumber',
  'state',
  'method',
  'evidence',
  'kind',
  'anchorId',
  'serial',
  'spkiSha256',
  'issuer',
  'subject',
  'browserSha256',
  'nonce',
  'document',
  'attempts',
  'expiresAt',
  'signedAt',
  'candidateIds',
  'driverId',
  'differences',
  'decidedReason',
] as const;

function selectFirstLink(db: Connection) {
  return db.selectFrom('firstLink').select(COLUMNS).$narrowType<{
    state: FirstLinkState;
    method: SignInMethod;
    evidence: Record<string, string>;
    differences: LinkDifference[];
  }>();
}
export type FirstLinkRow = NonNullable<Awaited<ReturnType<typeof lockFirstLink>>>;

/** False when the receipt number is taken. */
export async function insertFirstLink(
  trx: Transaction<DB>,
  link: Insertable<DB['firstLink']>,
): Promise<{ id: string } | undefined> {
  return trx
    .insertInto('firstLink')
    .values(link)
    .onConflict((conflict) => conflict.column('receiptNumber').doNothing())
    .returning('id')
    .executeTakeFirst();
}

/** The one that was presented last in this browser. */
export function findFirstLinkOfBrowser(db: Connection, browserSha256: Buffer) {
  return selectFirstLink(db)
    .where('browserSha256', '=', browserSha256)
    .orderBy('presentedAt', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export function lockFirstLink(trx: Transaction<DB>, id: string) {
  return selectFirstLink(trx).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** The one of this credential that waits for an officer. */
export function lockWaitingLinkOf(trx: Transaction<DB>, identity: CredentialIdentity) {
  return selectFirstLink(trx)
    .where('state', '=', 'awaitingOfficer')
    .where((eb) =>
      identity.kind === 'certificate'
        ? eb.and({ anchorId: identity.anchorId, serial: identity.serial, spkiSha256: identity.spkiSha256 })
        : eb.and({ issuer: identity.issuer, subject: identity.subject }),
    )
    .orderBy('signedAt', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
}

/** Its holder has proved the credential again, in this browser. */
export async function markPresented(
  db: Connection,
  id: string,
  { browserSha256, presentedAt }: { browserSha256: Buffer; presentedAt: Date },
): Promise<void> {
  await db.updateTable('firstLink').set({ browserSha256, presentedAt }).where('id', '=', id).execute();
}

/** Puts a document where there is none; of two who try at the same time one does. */
export async function setDocument(
  db: Connection,
  id: string,
  { nonce, document }: { nonce: string; document: string },
): Promise<void> {
  await db
    .updateTable('firstLink')
    .set({ nonce, document })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .where('nonce', 'is', null)
    .execute();
}

/** Takes the document, once: of two answers that come at the same time one gets it and the other undefined. */
export function takeDocument(
  db: Connection,
  { id, nonce }: { id: string; nonce: string },
): Promise<{ document: string | null; browserSha256: Buffer; expiresAt: Date } | undefined> {
  return db
    .with('taken', (query) =>
      query
        .selectFrom('firstLink')
        .select(['id', 'document'])
        .where('id', '=', id)
        .where('nonce', '=', nonce)
        .where('state', '=', 'open')
        .forUpdate(),
    )
    .updateTable('firstLink')
    .from('taken')
    .whereRef('firstLink.id', '=', 'taken.id')
    .set((eb) => ({ nonce: null, document: null, attempts: eb('firstLink.attempts', '+', 1) }))
    .returning(['taken.document', 'firstLink.browserSha256', 'firstLink.expiresAt'])
    .executeTakeFirst();
}

export async function markState(
  db: Connection,
  id: string,
  change: {
    state: Exclude<FirstLinkState, 'open'>;
    signedAt?: Date;
    expiresAt?: Date;
    driverId?: string;
    candidateIds?: string[];
    differences?: readonly LinkDifference[];
    decidedBy?: string;
    decidedAt?: Date;
    decidedReason?: string;
    decidedNote?: string;
  },
): Promise<void> {
  const { differences, ...rest } = change;
  await db
    .updateTable('firstLink')
    .set({ ...rest, ...(differences && { differences: [...differences] }), nonce: null, document: null })
    .where('id', '=', id)
    .execute();
}

/** Ends one that was not signed in its time or too often in vain. */
export async function markExpired(db: Connection, id: string): Promise<void> {
  await db
    .updateTable('firstLink')
    .set({ state: 'expired', nonce: null, document: null })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .execute();
}

/** What was not signed, or not decided, in its time; answers how many. */
export async function markLapsed(db: Connection, now: Date): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('firstLink')
    .set({ state: 'expired', nonce: null, document: null })
    .where('state', 'in', ['open', 'awaitingOfficer'])
    .where('expiresAt', '<', now)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Those that nobody ever signed leave no trace. */
export async function deleteUnsignedExpiredBefore(db: Connection, instant: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('firstLink')
    .where('state', '=', 'expired')
    .where('signedAt', 'is', null)
    .where('expiresAt', '<', instant)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

function selectCandidate(db: Connection) {
  return db
    .selectFrom('driver')
    .select(['id', 'name', 'birthDate', 'address', 'homeCommissionCode'])
    .select(['holdingType', 'cardRecordedOn', 'signingCertificateSubmittedOn']);
}
export type CandidateRow = Awaited<ReturnType<typeof listDriversBornOn>>[number];

export function listDriversBornOn(db: Connection, birthDate: string) {
  return selectCandidate(db).where('birthDate', '=', birthDate).execute();
}

/** By the name without spaces, as the index has it: only where a certificate does not say when its holder was born. */
export function listDriversNamed(db: Connection, nameWithoutSpaces: string, limit: number) {
  return selectCandidate(db)
    .where(sql<string>`translate(name, ' \u3000', '')`, '=', nameWithoutSpaces)
    .limit(limit)
    .execute();
}

/** Two links to one driver come one after the other. */
export function lockDriver(trx: Transaction<DB>, driverId: string) {
  return selectCandidate(trx).where('id', '=', driverId).forUpdate().executeTakeFirst();
}

export function lockFirstLinkByNumber(trx: Transaction<DB>, receiptNumber: string) {
  return selectFirstLink(trx).where('receiptNumber', '=', receiptNumber).forUpdate().executeTakeFirst();
}
