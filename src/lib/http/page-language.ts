import { FIRST_LANGUAGE, isLanguageCode, type LanguageCode } from '#lib/domain/lectures/languages.ts';

/** Keeps the language that a person chose in the header. Readable by no script: the page itself says its language. */
export const LANGUAGE_COOKIE = 'koshu-locale';

/** Pages of those who work at the counter and in the administration: they have words in Japanese and English only. */
const OFFICE = /^\/(?:admin|counter|officer|invitation)(?:\/|$)/;

/**
 * The first of our languages that a browser asks for (RFC 9110 §12.5.4), by weight, then by order; a region is left out (`pt-BR` is `pt`).
 * `fil` is what browsers call Tagalog. Undefined where none is asked for, as with `*`.
 */
export function acceptedLanguage(header: string): LanguageCode | undefined {
  const asked = header.split(',', 50).map((range) => {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
    const q = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
    const code = tag.trim().split('-')[0] ?? '';
    return { code: code === 'fil' ? 'tl' : code, weight: q === undefined ? 1 : Number(q) };
  });
  const byWeight = asked.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  return byWeight.map(({ code }) => code).find(isLanguageCode);
}

/**
 * The language of a page: the one chosen before, else the first that the browser asks for, else Japanese. Officers' pages are in English
 * for whoever has chosen one of the further languages.
 */
export function pageLanguage(page: {
  readonly chosen: string | undefined;
  readonly accepted: string | null;
  readonly path: string;
}): LanguageCode {
  const { chosen = '', accepted, path } = page;
  const language = isLanguageCode(chosen) ? chosen : (acceptedLanguage(accepted ?? '') ?? FIRST_LANGUAGE);
  return OFFICE.test(path) && language !== FIRST_LANGUAGE ? 'en' : language;
}

/** The same for a request, as hooks.server.ts sees it. */
export function requestLanguage(request: Request): LanguageCode {
  const cookies = request.headers.get('cookie') ?? '';
  return pageLanguage({
    chosen: new RegExp(`(?:^|;)\\s*${LANGUAGE_COOKIE}=(\\w+)`).exec(cookies)?.[1],
    accepted: request.headers.get('accept-language'),
    path: new URL(request.url).pathname,
  });
}
