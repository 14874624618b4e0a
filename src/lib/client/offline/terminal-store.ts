import type { OfflineKind } from '#lib/domain/records/offline.ts';
import type { ProofKey, RevokedRecords } from '#lib/proof/proof.ts';

/** What a terminal needs to work without us. No name, no licence number, no photo. */
export interface TerminalFacts {
  readonly keys: readonly ProofKey[];
  readonly revoked: RevokedRecords;
  readonly desk: { readonly officerId: string; readonly token: string; readonly preparedAt: string };
}

/** A decision that waits for the line. */
export interface WaitingDecision {
  readonly id: string;
  readonly proof: string;
  readonly recordNumber: string;
  readonly kind: OfflineKind;
  readonly reason?: 'photoMismatch' | 'classChanged' | 'other';
  readonly note: string;
  readonly decidedAt: string;
  readonly revokedAsOf: string;
  readonly desk: string;
  /** The server would not take it: it stays here for a supervisor to see. */
  readonly isRefused?: boolean;
}

const NAME = 'koshu-counter';
const FACTS_KEY = 'facts';

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('facts');
    request.result.createObjectStore('decisions', { keyPath: 'id' });
  };
  return resultOf(request);
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the store of this terminal failed'));
  });
}

async function use<T>(
  store: 'facts' | 'decisions',
  mode: IDBTransactionMode,
  act: (objects: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open();
  try {
    // Kept on the disk before anybody is told that it is kept.
    const transaction = database.transaction(store, mode, { durability: 'strict' });
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () =>
        reject(transaction.error ?? new Error('the store of this terminal is full'));
    });
    const [result] = await Promise.all([resultOf(act(transaction.objectStore(store))), done]);
    return result;
  } finally {
    database.close();
  }
}

export const readFacts = () =>
  use<TerminalFacts | undefined>('facts', 'readonly', (objects) => objects.get(FACTS_KEY));

export const keepFacts = (facts: TerminalFacts) =>
  use('facts', 'readwrite', (objects) => objects.put(facts, FACTS_KEY));

/** When an officer signs out; decisions that wait stay. */
export const forgetFacts = () => use('facts', 'readwrite', (objects) => objects.delete(FACTS_KEY));

/** In the order in which they were decided. */
export async function listWaiting(): Promise<WaitingDecision[]> {
  const all = await use<WaitingDecision[]>('decisions', 'readonly', (objects) => objects.getAll());
  return all.toSorted((a, b) => a.decidedAt.localeCompare(b.decidedAt));
}

export const keepDecision = (decision: WaitingDecision) =>
  use('decisions', 'readwrite', (objects) => objects.put(decision));

export const dropDecision = (id: string) => use('decisions', 'readwrite', (objects) => objects.delete(id));
