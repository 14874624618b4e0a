import { Agent } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { LIMITS } from '#lib/domain/limits.ts';
import { ask, type PartnerCard } from '../../../tests/support/partner-card.ts';

/** An event as the partner got it; the time by performance.now(). */
export interface Received {
  readonly recordNumber: string;
  readonly cursor: number;
  readonly at: number;
}

interface Page {
  readonly events: readonly { readonly cursor: string; readonly record: { readonly recordNumber: string } }[];
  readonly next: string;
  readonly hasMore: boolean;
}

// A little slower than the rate limit lets a partner read.
const EVERY_MS = (60_000 / LIMITS.exchangeReadsPerMinute) * 1.1;

/** Reads the feed by its cursor until `ending`, again and again over one connection. Throws at any answer but a page. */
export function followFeed(
  host: { readonly port: number; readonly serverAuthority: string },
  card: PartnerCard,
  ending: AbortSignal,
) {
  const received: Received[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const follow = async (): Promise<readonly Received[]> => {
    for (let after = '0'; !ending.aborted;) {
      const askedAt = performance.now();
      const { status, body } = await ask(host, card, {
        path: `/api/completions?after=${after}&limit=${LIMITS.exchangePageMaxEvents}`,
        agent,
      });
      if (status !== 200) throw new Error(`the feed answers ${status}: ${JSON.stringify(body)}`);
      const page = body as unknown as Page;
      const at = performance.now();
      for (const { cursor, record } of page.events)
        received.push({ recordNumber: record.recordNumber, cursor: Number(cursor), at });
      after = page.next;
      await pause(Math.max(0, askedAt + EVERY_MS - performance.now()));
    }
    agent.destroy();
    return received;
  };
  const read = follow();
  read.catch(() => null); // whoever waits for it hears of it
  return {
    read,
    /** Waits until so many events have come, or so long. */
    async until(count: number, atMostMs: number): Promise<void> {
      const end = performance.now() + atMostMs;
      while (received.length < count && performance.now() < end) await pause(EVERY_MS);
    },
  };
}
