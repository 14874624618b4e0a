import { Refusal } from '#lib/domain/refusal.ts';
import { limiters, takePoint, type LimitScope } from './limiters.ts';
import { networkOf } from './network-of.ts';

/** Who tries, as far as it can be told before anybody has proved anything. */
export interface Trier {
  /** The cookie that ties challenges to a browser. */
  readonly browserToken: string;
  readonly clientAddress: string;
}

const MINUTE_MS = 60_000;

/**
 * Counts one attempt of a kind (`what`: the route or procedure), by browser and by network. Refused as `too_many_requests` with the whole
 * minutes to wait; both are counted even then, so that dropping the cookie is no way out.
 */
export async function limitSignIn(
  app: LimitScope,
  { browserToken, clientAddress }: Trier,
  what: string,
): Promise<void> {
  const { browser, network, hide } = limiters(app);
  const waits = await Promise.all([
    takePoint(browser, `${what}:${hide(browserToken)}`),
    takePoint(network, `${what}:${hide(networkOf(clientAddress))}`),
  ]);
  const waitMs = Math.max(...waits);
  if (waitMs > 0) throw new Refusal('too_many_requests', { minutes: Math.ceil(waitMs / MINUTE_MS) });
}
