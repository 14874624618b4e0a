import type { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';

/**
 * Whether the announced length of a body lets it be read; a body without one (chunked) is not. For endpoints whose whole
 * input is small: a form of words, a heartbeat.
 */
export function isSmallBody(request: Request): boolean {
  return Number(request.headers.get('content-length') ?? Number.NaN) <= LIMITS.formMaxBytes;
}

/**
 * Reads a form by the operation's schema. Refused as `malformed` with the first field that is wrong, and when it is larger
 * than any form of ours (captions are the largest). Fields named in `lists` may be there several times or not at all.
 */
export async function parseForm<S extends z.ZodType>(
  request: Request,
  schema: S,
  lists: readonly string[] = [],
): Promise<z.output<S>> {
  if (!isSmallBody(request)) throw new Refusal('malformed', { field: '' });
  const form = await request.formData().catch(() => new FormData());
  const parsed = schema.safeParse({
    ...Object.fromEntries(form),
    ...Object.fromEntries(lists.map((name) => [name, form.getAll(name)])),
  });
  if (parsed.success) return parsed.data;
  throw new Refusal('malformed', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
}

/** A path of this site to go on to, or the fallback: never another site's address. */
export function safeNext(next: string | null, fallback: string): string {
  // Browsers read a backslash as a slash and pass over tabs and line ends, so "/<tab>/host" would be another site.
  return next !== null && /^\/(?!\/)[^\\\p{Cc}]*$/u.test(next) ? next : fallback;
}
