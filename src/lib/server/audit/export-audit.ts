import type { App } from '../app.ts';
import { findPlaces, listLinks } from './chain.queries.ts';
import { columnsOf } from './verify-audit.ts';
import type { SealedColumns } from './chain.ts';

const BATCH_SIZE = 1000;

export interface ExportedEvent extends SealedColumns {
  readonly position: number;
  /** For people; `at` is what was hashed. */
  readonly instant: string;
  readonly sha256: string;
}

/**
 * The events that happened within [from, to), in the order of the chain and without gaps: from the first place to the last, events that were
 * committed in between with a time outside included, so that the hashes follow from each other.
 */
export async function* exportAudit(
  { db }: Pick<App, 'db'>,
  { from, to }: { readonly from: Date; readonly to: Date },
): AsyncGenerator<ExportedEvent> {
  const { first, last } = await findPlaces(db, from, to);
  if (first === null || last === null) return;
  for (let position = first - 1; position < last;) {
    const links = await listLinks(db, position, Math.min(BATCH_SIZE, last - position));
    for (const link of links) {
      const columns = columnsOf(link);
      if (!columns || !link.instant) throw new Error(`the chain is broken at place ${link.position}`);
      const { position: place, instant, sha256 } = link;
      yield { position: place, instant: instant.toISOString(), ...columns, sha256: sha256.toString('hex') };
    }
    if (links.length === 0) return;
    position = links.at(-1)!.position;
  }
}
