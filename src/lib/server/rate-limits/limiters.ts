import { createHmac, hkdfSync } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { App } from '../app.ts';

/** What limits need of the application. */
export type LimitScope = Pick<App, 'config' | 'pool'>;

interface Limiters {
  readonly browser: RateLimiterPostgres;
  readonly network: RateLimiterPostgres;
  /** What stands in the table instead of a cookie or an address: nobody without the key can tell them. */
  hide(text: string): string;
}

const KEY_BYTES = 32;
const SECOND_MS = 1_000;

// Counting is in the database; these only know how.
const limitersOf = new WeakMap<object, Limiters>();

function openLimiters({ config, pool }: LimitScope): Limiters {
  const { perBrowser, perNetwork, windowMs } = config.signInLimits;
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: 'pool',
      tableName: 'rate_limit',
      tableCreated: true,
      keyPrefix,
      points,
      duration: windowMs / SECOND_MS,
    });
  const key = Buffer.from(hkdfSync('sha256', config.wrappingKey.bytes, '', 'koshu rate limits', KEY_BYTES));
  return {
    browser: limiter('browser', perBrowser),
    network: limiter('network', perNetwork),
    hide: (text) => createHmac('sha256', key).update(text).digest('base64url'),
  };
}

/** The limiters of this application, made once. */
export function limiters(app: LimitScope): Limiters {
  const present = limitersOf.get(app.pool) ?? openLimiters(app);
  limitersOf.set(app.pool, present);
  return present;
}

/** Takes one point. Answers how long to wait when none is left, else 0. A database that does not answer is a fault, never a pass. */
export async function takePoint(limiter: RateLimiterPostgres, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (thrown) {
    if (thrown instanceof RateLimiterRes) return Math.max(thrown.msBeforeNext, 1);
    throw thrown;
  }
}
