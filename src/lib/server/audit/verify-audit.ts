import type { App } from '../app.ts';
import type { DB, Transaction } from '../db/database.ts';
import { findSeal, findUnsealed, listLinks } from './chain.queries.ts';
import { GENESIS, nextHash, type SealedColumns } from './chain.ts';
import type { ChainHead } from './seal-audit.ts';

const BATCH_SIZE = 5000;
/** Sealed once a minute: what waits longer was kept out, or no worker runs. */
const SEALED_WITHIN_S = 600;

export type ChainBreak =
  /** The event is not what it was, or a hash, or one before it was taken out with its place. */
  | { readonly kind: 'changed'; readonly position: number; readonly eventId: number }
  | { readonly kind: 'eventMissing'; readonly position: number; readonly eventId: number }
  | { readonly kind: 'placeMissing'; readonly position: number }
  /** The chain ends before the head that was kept. */
  | { readonly kind: 'cutOff'; readonly position: number }
  /** Whole in itself, but not the chain whose head was kept. */
  | { readonly kind: 'otherChain'; readonly position: number }
  | { readonly kind: 'notSealed'; readonly eventId: number; readonly count: number };

export type Verification =
  | { readonly kind: 'whole'; readonly head: ChainHead; readonly unsealedCount: number }
  | { readonly kind: 'broken'; readonly first: ChainBreak };

type Link = Awaited<ReturnType<typeof listLinks>>[number];

export function columnsOf({ id, at, actorKind, what, detail, ...rest }: Link): SealedColumns | null {
  if (id === null || at === null || actorKind === null || what === null || detail === null) return null;
  const { actorId, officeId, subjectKind, subjectId, requestId } = rest;
  return { id, at, actorKind, actorId, officeId, what, subjectKind, subjectId, requestId, detail };
}

/**
 * Computes the whole chain anew, from the first event, as it stands at one moment, and says where it breaks first. `kept`: a head that was
 * written down elsewhere; without one, events cut off at the end and a chain that was written anew are not found.
 */
export async function verifyAudit({ db }: Pick<App, 'db'>, kept?: ChainHead): Promise<Verification> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      const walked = await walk(trx);
      if ('kind' in walked) return { kind: 'broken', first: walked };
      const first = (kept && (await compare(trx, walked, kept))) ?? (await lookForUnsealed(trx));
      if (typeof first !== 'number') return { kind: 'broken', first };
      return { kind: 'whole', head: walked, unsealedCount: first };
    });
}

async function walk(trx: Transaction<DB>): Promise<ChainHead | ChainBreak> {
  let position = 0;
  let hash: Buffer = GENESIS;
  for (;;) {
    const links = await listLinks(trx, position, BATCH_SIZE);
    for (const link of links) {
      position += 1;
      if (link.position !== position) return { kind: 'placeMissing', position };
      const columns = columnsOf(link);
      if (!columns) return { kind: 'eventMissing', position, eventId: link.eventId };
      hash = nextHash(hash, position, columns);
      if (!hash.equals(link.sha256)) return { kind: 'changed', position, eventId: link.eventId };
    }
    if (links.length < BATCH_SIZE) return { position, sha256: hash.toString('hex') };
  }
}

async function compare(trx: Transaction<DB>, end: ChainHead, kept: ChainHead): Promise<ChainBreak | null> {
  if (kept.position > end.position) return { kind: 'cutOff', position: end.position + 1 };
  if (kept.position === 0) return null;
  const seal = await findSeal(trx, kept.position);
  return seal?.sha256.toString('hex') === kept.sha256
    ? null
    : { kind: 'otherChain', position: kept.position };
}

async function lookForUnsealed(trx: Transaction<DB>): Promise<ChainBreak | number> {
  const { count, firstId, ageS } = await findUnsealed(trx);
  return firstId !== null && ageS > SEALED_WITHIN_S ? { kind: 'notSealed', eventId: firstId, count } : count;
}
