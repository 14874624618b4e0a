import type { RevokedRecords, ProofKeySet } from '#lib/proof/proof.ts';
import { trpc } from '../trpc.ts';
import {
  dropDecision,
  keepDecision,
  keepFacts,
  listWaiting,
  type TerminalFacts,
  type WaitingDecision,
} from './terminal-store.ts';

const AT_ONCE = 20;

async function fetchJson<T>(address: string): Promise<T> {
  const response = await fetch(address, { redirect: 'error', cache: 'no-store' });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return (await response.json()) as T;
}

/** Fetches what the terminal needs without us. Throws when there is no line, or nobody is signed in. */
export async function refreshFacts(): Promise<TerminalFacts> {
  const [{ keys }, revoked, desk] = await Promise.all([
    fetchJson<ProofKeySet>('/counter/proof-keys.json'),
    fetchJson<RevokedRecords>('/counter/revoked.json'),
    fetchJson<TerminalFacts['desk']>('/counter/desk.json'),
  ]);
  const facts = { keys, revoked, desk };
  await keepFacts(facts);
  return facts;
}

/** What came of the decisions that were sent. */
export interface Sent {
  readonly applied: number;
  readonly conflicts: number;
  readonly refused: number;
}

const toSend = ({ recordNumber: _, isRefused: __, ...decision }: WaitingDecision) => decision;

/**
 * Sends what waits, the oldest first. What the server has written down is dropped here; what it refuses stays and is marked. Throws when there
 * is no line, or nobody is signed in: then all that is not yet sent stays.
 */
export async function sendWaiting(): Promise<Sent> {
  const sent = { applied: 0, conflicts: 0, refused: 0 };
  const waiting = (await listWaiting()).filter(({ isRefused }) => !isRefused);
  for (let start = 0; start < waiting.length; start += AT_ONCE) {
    const some = waiting.slice(start, start + AT_ONCE);
    for (const { id, outcome } of await trpc.offline.reconcile.mutate({ decisions: some.map(toSend) })) {
      const decision = some.find((each) => each.id === id);
      if (!decision) continue;
      if (outcome === 'refused') {
        sent.refused += 1;
        await keepDecision({ ...decision, isRefused: true });
        continue;
      }
      if (outcome === 'conflict') sent.conflicts += 1;
      else sent.applied += 1;
      await dropDecision(id);
    }
  }
  return sent;
}
