import { describe, expect, it } from 'vitest';
import { isLanguageCode, LANGUAGE_CODES, LANGUAGES, orderLanguages, textIn } from './languages.ts';

describe('the languages of a lecture', () => {
  it('are known to every browser by their code', () => {
    for (const code of LANGUAGE_CODES) {
      const own = new Intl.DisplayNames([code], { type: 'language', fallback: 'none' }).of(code);
      expect(own, code).toBeDefined();
    }
  });

  it('run as their script does', () => {
    const rightToLeft = LANGUAGE_CODES.filter((code) => LANGUAGES[code].direction === 'rtl');
    expect(rightToLeft).toEqual(
      LANGUAGE_CODES.filter((code) => /[\u0600-\u06FF]/.test(LANGUAGES[code].name)),
    );
    expect(textIn('ur')).toEqual({ lang: 'ur', dir: 'rtl' });
  });

  it('stand in one order, Japanese always first and nothing twice', () => {
    expect(orderLanguages(['ur', 'en', 'ur', 'xx'])).toEqual(['ja', 'en', 'ur']);
    expect(orderLanguages([])).toEqual(['ja']);
  });

  it('are told from what only looks like one', () => {
    expect(['ja', 'toString', '', 'JA'].map(isLanguageCode)).toEqual([true, false, false, false]);
  });
});
