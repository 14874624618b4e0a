import { describe, expect, it } from 'vitest';
import { withAskedLocale } from './asked-locale.ts';
import { requestLanguage } from './page-language.ts';

const cookieOf = (address: string, headers: Record<string, string> = {}) => {
  const url = new URL(address, 'https://koshu.example');
  return withAskedLocale(new Request(url, { headers }), url).headers.get('cookie');
};

describe('the page that a terminal keeps', () => {
  it('is in the language of the terminal, although nobody is signed in', () => {
    const url = new URL('https://koshu.example/counter/offline?locale=en');
    expect(requestLanguage(withAskedLocale(new Request(url), url))).toBe('en');
  });
  it('leaves a person his own choice, and other pages alone', () => {
    expect(cookieOf('/counter/offline?locale=en', { cookie: 'a=b' })).toBe('a=b');
    expect(cookieOf('/counter?locale=en')).toBeNull();
    expect(cookieOf('/counter/offline?locale=xx')).toBeNull();
  });
});
