import type { LanguageCode } from '#lib/domain/lectures/languages.ts';

/** Where a page of a preview stands: the overview, `<chapter>/watch`, `survey` …, in the language that is looked at. */
export function previewAddress(
  { id, language }: { readonly id: string; readonly language: LanguageCode },
  ...parts: readonly string[]
): string {
  return `/admin/lectures/${[id, 'preview', ...parts].join('/')}?language=${language}`;
}
