import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { Refusal } from '#lib/domain/refusal.ts';
import { takePoint, type LimitScope } from './limiters.ts';

const WINDOW_SECONDS = 60;
const SECOND_MS = 1_000;

// Counting is in the database; these only know how.
const limitersOf = new WeakMap<object, Map<string, RateLimiterPostgres>>();

function limiterFor({ pool }: LimitScope, what: string, perMinute: number): RateLimiterPostgres {
  const known = limitersOf.get(pool) ?? new Map<string, RateLimiterPostgres>();
  limitersOf.set(pool, known);
  const name = `partner:${what}:${perMinute}`;
  const limiter =
    known.get(name) ??
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: 'pool',
      tableName: 'rate_limit',
      tableCreated: true,
      keyPrefix: `partner:${what}`,
      points: perMinute,
      duration: WINDOW_SECONDS,
    });
  known.set(name, limiter);
  return limiter;
}

/** Counts one request of a partner. Refused as `too_many_requests` with the time to wait, `minutes` for people and `seconds` for programs. */
export async function limitPartner(
  app: LimitScope,
  partnerId: string,
  what: string,
  perMinute: number,
): Promise<void> {
  const waitMs = await takePoint(limiterFor(app, what, perMinute), partnerId);
  if (waitMs > 0)
    throw new Refusal('too_many_requests', { minutes: 1, seconds: Math.ceil(waitMs / SECOND_MS) });
}
