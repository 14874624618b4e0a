import { randomBytes } from 'node:crypto';
import type { Cookies } from '@sveltejs/kit';
import { REFUSAL_CODES, Refusal } from '#lib/domain/refusal.ts';
import { cookieNames } from '#lib/domain/requests/cookie-names.ts';

interface CookieEvent {
  readonly cookies: Cookies;
  readonly locals: Pick<App.Locals, 'app'>;
}

const BROWSER_TOKEN = /^[\w-]{43}$/;
const BROWSER_TOKEN_BYTES = 32;
const REFUSAL_SECONDS = 60;

function attributesOf({ locals }: CookieEvent) {
  const { origin } = locals.app.config;
  const secure = origin.startsWith('https:');
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  return { names: cookieNames(origin), options };
}

/** The session's token as the browser sent it. */
export function sessionToken(event: CookieEvent): string | undefined {
  return event.cookies.get(attributesOf(event).names.session);
}

export function setSession(event: CookieEvent, session: { token: string; expiresAt: Date }): void {
  const { names, options } = attributesOf(event);
  event.cookies.set(names.session, session.token, { ...options, expires: session.expiresAt });
}

export function clearSession(event: CookieEvent): void {
  const { names, options } = attributesOf(event);
  event.cookies.delete(names.session, options);
}

/**
 * What ties a challenge to the browser that asked for it: 32 random bytes, made when first needed, gone when the browser is closed.
 * It says nothing about the person.
 */
export function browserToken(event: CookieEvent): string {
  const { names, options } = attributesOf(event);
  const name = names.browser;
  const present = event.cookies.get(name);
  if (present !== undefined && BROWSER_TOKEN.test(present)) return present;
  const token = randomBytes(BROWSER_TOKEN_BYTES).toString('base64url');
  event.cookies.set(name, token, options);
  return token;
}

/**
 * After somebody has come in: what was tied to the browser before is of no use any more, in case another person planted or copied the cookie.
 */
export function renewBrowserToken(event: CookieEvent): string {
  const { names, options } = attributesOf(event);
  const token = randomBytes(BROWSER_TOKEN_BYTES).toString('base64url');
  event.cookies.set(names.browser, token, options);
  return token;
}

/** For one redirect: the refusal that the next page tells. Of its details only numbers: words in a cookie could be anybody's. */
export function keepRefusal(event: CookieEvent, { code, detail }: Refusal): void {
  const { names, options } = attributesOf(event);
  const numbers = Object.entries(detail).filter(([, value]) => typeof value === 'number');
  const value = new URLSearchParams([
    ['code', code],
    ...numbers.map(([name, number]) => [name, `${number}`]),
  ]);
  event.cookies.set(names.refusal, value.toString(), { ...options, maxAge: REFUSAL_SECONDS });
}

/** The refusal that was kept, once. */
export function takeRefusal(event: CookieEvent): Refusal | null {
  const { names, options } = attributesOf(event);
  const name = names.refusal;
  const kept = new URLSearchParams(event.cookies.get(name));
  const code = REFUSAL_CODES.find((known) => known === kept.get('code'));
  if (code === undefined) return null;
  event.cookies.delete(name, options);
  const details = [...kept].filter(([, value]) => /^\d{1,9}$/.test(value));
  return new Refusal(code, Object.fromEntries(details.map(([field, value]) => [field, Number(value)])));
}
