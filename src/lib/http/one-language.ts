const SCRIPT = /(_app\/immutable\/)((?:entry|chunks|nodes)\/[\w.-]+\.js)/g;

/**
 * Names, instead of the scripts that speak every language, their copies that speak one (scripts/support/one-language-scripts.ts makes them with
 * the build). For the HTML of a page and for its `Link` header; what is served in development has no such names and stays.
 */
export function inOneLanguage(text: string, language: string): string {
  return text.replaceAll(SCRIPT, `$1${language}/$2`);
}
