import { median } from '../load.ts';
import type { Completions } from './complete.ts';
import type { Received } from './follow.ts';

const P99 = 0.99;

/**
 * `lost`: confirmed, and the partner never had it. `invented`: he had it, and it was rolled back. `twice`: he had it more than once.
 * `out_of_order`: a later place in the feed than a record whose commit was asked for only after this one was confirmed, or a cursor that does not rise.
 */
export function judge({ completed }: Completions, received: readonly Received[]): Record<string, number> {
  const byNumber = new Map(completed.map((completion) => [completion.recordNumber, completion]));
  const seen = new Set<string>();
  const delays: number[] = [];
  const found = { lost: 0, out_of_order: 0, twice: 0, invented: 0 };
  let lastCursor = 0;
  let latestAskedAt = 0;
  for (const { recordNumber, cursor, at } of received) {
    const completion = byNumber.get(recordNumber);
    if (!completion) found.invented += 1;
    else if (seen.has(recordNumber)) found.twice += 1;
    else {
      seen.add(recordNumber);
      // Whoever reads at the right moment has it before the confirmation has come back.
      delays.push(Math.max(0, at - completion.confirmedAt));
      if (cursor <= lastCursor || completion.confirmedAt < latestAskedAt) found.out_of_order += 1;
      latestAskedAt = Math.max(latestAskedAt, completion.askedAt);
    }
    lastCursor = Math.max(lastCursor, cursor);
  }
  found.lost = completed.length - seen.size;
  const sorted = delays.toSorted((a, b) => a - b);
  return {
    completions: completed.length,
    visible_median_ms: Math.round(median(delays)),
    visible_p99_ms: Math.round(sorted[Math.floor(sorted.length * P99)] ?? 0),
    visible_max_ms: Math.round(sorted.at(-1) ?? 0),
    ...found,
  };
}
