/**
 * The languages that a lecture can be given in: those in which a prefecture already offers its written examination or lectures
 * (Miyagi lists these twelve). `name` is what the language calls itself, so that whoever needs it can find it.
 */
export const LANGUAGES = {
  ja: { name: '日本語', direction: 'ltr' },
  en: { name: 'English', direction: 'ltr' },
  zh: { name: '中文', direction: 'ltr' },
  ko: { name: '한국어', direction: 'ltr' },
  pt: { name: 'Português', direction: 'ltr' },
  vi: { name: 'Tiếng Việt', direction: 'ltr' },
  ne: { name: 'नेपाली', direction: 'ltr' },
  id: { name: 'Bahasa Indonesia', direction: 'ltr' },
  ur: { name: 'اردو', direction: 'rtl' },
  si: { name: 'සිංහල', direction: 'ltr' },
  th: { name: 'ไทย', direction: 'ltr' },
  tl: { name: 'Tagalog', direction: 'ltr' },
} as const satisfies Record<string, { readonly name: string; readonly direction: 'ltr' | 'rtl' }>;

/** ISO 639-1, and so BCP 47: what `lang` and `srclang` say. */
export type LanguageCode = keyof typeof LANGUAGES;

/** Something in every language in which there is one. */
export type InLanguages<T> = Readonly<Partial<Record<LanguageCode, T>>>;

export const LANGUAGE_CODES = Object.keys(LANGUAGES) as readonly LanguageCode[];

/** The language that every lecture has, and whose video stands in where another language has none of its own. */
export const FIRST_LANGUAGE = 'ja' satisfies LanguageCode;

export function isLanguageCode(code: string): code is LanguageCode {
  return Object.hasOwn(LANGUAGES, code);
}

/** The declared languages in the order of the table, Japanese always among them; what is no language is left out. */
export function orderLanguages(codes: readonly string[]): LanguageCode[] {
  return LANGUAGE_CODES.filter((code) => code === FIRST_LANGUAGE || codes.includes(code));
}

/** What `lang` and `dir` of an element with words in this language say. */
export function textIn(language: LanguageCode): { readonly lang: LanguageCode; readonly dir: 'ltr' | 'rtl' } {
  return { lang: language, dir: LANGUAGES[language].direction };
}
