import type { App } from '../app.ts';
import { appendSeals, findHead } from './chain.queries.ts';

const BATCH_SIZE = 1000;

/** The end of the chain: what is kept elsewhere, so that nobody can cut it off or write it anew. */
export interface ChainHead {
  readonly position: number;
  readonly sha256: string;
}

/** As it is printed and typed: place and hash. */
export const writeHead = ({ position, sha256 }: ChainHead): string => `${position}:${sha256}`;

export async function getHead({ db }: Pick<App, 'db'>): Promise<ChainHead> {
  const head = await findHead(db);
  return head
    ? { position: head.position, sha256: head.sha256.toString('hex') }
    : { position: 0, sha256: '0'.repeat(64) };
}

/**
 * Gives the events that were committed since their places in the chain. Nobody waits for it and it waits for nobody: what a transaction has not
 * committed yet is sealed the next time. The new head goes to the log, which is kept elsewhere.
 */
export async function sealAudit(app: Pick<App, 'db' | 'log'>): Promise<number> {
  let count = 0;
  for (;;) {
    const sealed = await appendSeals(app.db, BATCH_SIZE);
    count += sealed;
    if (sealed < BATCH_SIZE) break;
  }
  if (count > 0) app.log.info({ head: writeHead(await getHead(app)), count }, 'the audit trail was sealed');
  return count;
}
