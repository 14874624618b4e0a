import { randomBytes } from 'node:crypto';
import { limitAttempts } from '#lib/http/entrance.ts';
import { orRefusalJson } from '#lib/http/refusals.ts';
import type { RequestHandler } from './$types.ts';

const SAMPLE_BYTES = 1_000_000;
// Random, so that nothing on the way can make it smaller.
const sample = randomBytes(SAMPLE_BYTES);

/** A megabyte to measure a line with. Limited like attempts to sign in: nobody needs it often. */
export const GET: RequestHandler = (event) =>
  orRefusalJson(async () => {
    await limitAttempts(event);
    return new Response(sample, {
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': String(SAMPLE_BYTES),
        'cache-control': 'no-store, no-transform',
      },
    });
  });
