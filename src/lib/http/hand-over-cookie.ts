import type { Cookies } from '@sveltejs/kit';
import { LIMITS } from '#lib/domain/limits.ts';
import { cookieNames } from '#lib/domain/requests/cookie-names.ts';

interface CookieEvent {
  readonly cookies: Cookies;
  readonly locals: Pick<App.Locals, 'app'>;
}
/** `handOver`: this device is to be signed in; `handOverPhone`: it reads the card for another one. */
type Side = 'handOver' | 'handOverPhone';

const SECOND_MS = 1_000;

function attributesOf({ locals }: CookieEvent, side: Side) {
  const { origin } = locals.app.config;
  const secure = origin.startsWith('https:');
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  return { name: cookieNames(origin)[side], options };
}

/** The key of the hand-over in which this device takes part; empty when it does in none. */
export function handOverKey(event: CookieEvent, side: Side): string {
  return event.cookies.get(attributesOf(event, side).name) ?? '';
}

export function keepHandOverKey(event: CookieEvent, side: Side, key: string): void {
  const { name, options } = attributesOf(event, side);
  event.cookies.set(name, key, { ...options, maxAge: LIMITS.handOverTtlMs / SECOND_MS });
}

export function dropHandOverKey(event: CookieEvent, side: Side): void {
  const { name, options } = attributesOf(event, side);
  event.cookies.delete(name, options);
}
