import { describe, expect, it } from 'vitest';
import { acceptedLanguage, pageLanguage, requestLanguage } from './page-language.ts';

describe('the language that a browser asks for', () => {
  it.each([
    ['ja', 'ja'],
    ['pt-BR,pt;q=0.9,en;q=0.8', 'pt'],
    ['de-DE,de;q=0.9,ko;q=0.5,en;q=0.4', 'ko'],
    ['en;q=0.2, UR-PK', 'ur'],
    ['zh-Hant-TW, ja;q=0.9', 'zh'],
    ['fil-PH', 'tl'],
    ['ja;q=0, th', 'th'],
    ['en;level=1;q=0.3,si;q=0.4', 'si'],
  ])('of "%s" is %s', (header, language) => {
    expect(acceptedLanguage(header)).toBe(language);
  });

  it.each(['', '*', 'de, fr', ';;;q=', 'ja;q=0', 'x'.repeat(100_000), ','.repeat(100_000)])(
    'is none of ours in what asks for none (%#)',
    (header) => {
      expect(acceptedLanguage(header)).toBeUndefined();
    },
  );
});

describe('a page', () => {
  const page = { chosen: undefined, accepted: null, path: '/' };

  it('is in Japanese for whoever says nothing', () => {
    expect(pageLanguage(page)).toBe('ja');
  });

  it('is in the language of the browser at the first visit and in the chosen one afterwards', () => {
    expect(pageLanguage({ ...page, accepted: 'vi' })).toBe('vi');
    expect(pageLanguage({ ...page, accepted: 'vi', chosen: 'ne' })).toBe('ne');
    expect(pageLanguage({ ...page, accepted: 'vi', chosen: 'xx' })).toBe('vi');
  });

  it('is in English for an officer who reads a further language, and in Japanese for one who reads Japanese', () => {
    for (const path of ['/admin', '/admin/videos', '/counter', '/officer/sign-in', '/invitation/abc']) {
      expect(pageLanguage({ ...page, chosen: 'ur', path })).toBe('en');
      expect(pageLanguage({ ...page, path })).toBe('ja');
    }
    expect(pageLanguage({ ...page, chosen: 'ur', path: '/counters' })).toBe('ur');
  });

  it('knows the choice by its cookie among others', () => {
    const asked = (cookie: string) =>
      requestLanguage(new Request('https://koshu.test/lecture', { headers: { cookie } }));
    expect(asked('a=b; koshu-locale=id; c=d')).toBe('id');
    expect(asked('not-koshu-locale=id')).toBe('ja');
    expect(asked('koshu-locale=toString')).toBe('ja');
  });
});
