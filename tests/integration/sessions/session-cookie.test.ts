import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '#lib/domain/refusal.ts';
import {
  browserToken,
  clearSession,
  keepRefusal,
  renewBrowserToken,
  sessionToken,
  setSession,
  takeRefusal,
} from '#lib/http/session-cookie.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

type CookieEvent = Parameters<typeof setSession>[0];
type Options = Parameters<CookieEvent['cookies']['set']>[2];

/** What the framework does with cookies: a jar, and what the browser is told. */
function eventFor({ app }: TestApp, jar = new Map<string, string>()) {
  const told: { name: string; value: string; options: Options }[] = [];
  const cookies: CookieEvent['cookies'] = {
    get: (name) => jar.get(name),
    getAll: () => [...jar].map(([name, value]) => ({ name, value })),
    set: (name, value, options) => {
      jar.set(name, value);
      told.push({ name, value, options });
    },
    delete: (name, options) => {
      jar.delete(name);
      told.push({ name, value: '', options });
    },
    serialize: () => '',
  };
  return { event: { cookies, locals: { app } } satisfies CookieEvent, jar, told };
}

const SESSION = { token: 'a'.repeat(40), expiresAt: new Date('2026-11-22T18:00:00Z') };
let secure: TestApp;
let local: TestApp;
beforeAll(async () => {
  secure = await makeTestApp({ env: { ORIGIN: 'https://koshu.example' } });
  local = await makeTestApp();
});
afterAll(() => Promise.all([secure.close(), local.close()]));

describe('on https', () => {
  it('every cookie is of this host only, out of reach of scripts and of other sites', () => {
    const { event, told } = eventFor(secure);
    setSession(event, SESSION);
    browserToken(event);
    renewBrowserToken(event);
    keepRefusal(event, new Refusal('certificate_expired'));
    clearSession(event);
    expect(told).toHaveLength(5);
    for (const { name, options } of told) {
      expect(name).toMatch(/^__Host-koshu-/);
      expect(options).toMatchObject({ path: '/', httpOnly: true, secure: true, sameSite: 'lax' });
      expect(options).not.toHaveProperty('domain');
    }
  });

  it('a session cookie without the prefix, as a neighbouring host could plant it, is none', () => {
    const { event } = eventFor(secure, new Map([['koshu-session', SESSION.token]]));
    expect(sessionToken(event)).toBeUndefined();
  });
});

it('on localhost without https there is no prefix, which a browser would refuse', () => {
  const { event, told } = eventFor(local);
  setSession(event, SESSION);
  expect(told[0]).toMatchObject({ name: 'koshu-session', options: { secure: false, httpOnly: true } });
  expect(told[0]!.options.expires).toEqual(SESSION.expiresAt);
});

describe('the cookie that ties a challenge to a browser', () => {
  it('stays the same until somebody has come in, and is another one then', () => {
    const { event } = eventFor(secure);
    const before = browserToken(event);
    expect(browserToken(event)).toBe(before);
    renewBrowserToken(event);
    const after = browserToken(event);
    expect(after).not.toBe(before);
    expect(after).toMatch(/^[\w-]{43}$/);
  });

  it.each(['', 'x', 'a'.repeat(44), 'あ'.repeat(43), `${'a'.repeat(42)};`])(
    'is made anew when it is none of ours (%#)',
    (planted) => {
      const { event } = eventFor(secure, new Map([['__Host-koshu-browser', planted]]));
      expect(browserToken(event)).not.toBe(planted);
    },
  );
});

describe('a refusal that is told on the next page', () => {
  it('is told once, with its numbers', () => {
    const { event } = eventFor(secure);
    keepRefusal(event, new Refusal('too_many_requests', { minutes: 5, who: 'x' }));
    expect(takeRefusal(event)).toMatchObject({ code: 'too_many_requests', detail: { minutes: 5 } });
    expect(takeRefusal(event)).toBeNull();
  });

  it.each(['', 'code=nonsense', 'too_many_requests', '%00', 'code=', 'x'.repeat(4_000)])(
    'is none when the cookie says %j',
    (value) => {
      const { event } = eventFor(secure, new Map([['__Host-koshu-refusal', value]]));
      expect(takeRefusal(event)).toBeNull();
    },
  );

  it('carries nobody’s words', () => {
    const planted = 'code=too_many_requests&minutes=%3Cb%3Ecall%20me%3C%2Fb%3E&line=1e9';
    const { event } = eventFor(secure, new Map([['__Host-koshu-refusal', planted]]));
    expect(takeRefusal(event)?.detail).toEqual({});
  });
});
