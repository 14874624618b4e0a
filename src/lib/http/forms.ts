import type { z } from 'zod';
import { Refusal } from '#lib/domain/refusal.ts';

/** Reads a form by the operation's schema. Refused as `malformed` with the first field that is wrong. */
export async function parseForm<S extends z.ZodType>(request: Request, schema: S): Promise<z.output<S>> {
  const form = await request.formData().catch(() => new FormData());
  const parsed = schema.safeParse(Object.fromEntries(form));
  if (parsed.success) return parsed.data;
  throw new Refusal('malformed', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
}

/** A path of this site to go on to, or the fallback: never another site's address. */
export function safeNext(next: string | null, fallback: string): string {
  // Browsers read a backslash as a slash and pass over tabs and line ends, so "/<tab>/host" would be another site.
  return next !== null && /^\/(?!\/)[^\\\p{Cc}]*$/u.test(next) ? next : fallback;
}
