import { MAX_CHOICES } from '#lib/domain/lectures/edition.ts';
import { LANGUAGE_CODES, type InLanguages } from '#lib/domain/lectures/languages.ts';

export const CHOICE_ROWS = Array.from({ length: MAX_CHOICES }, (_, index) => index);

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : '';
}

/** What each language of the form says. */
function inLanguages<T>(form: FormData, read: (language: string) => T): InLanguages<T> {
  const sent = LANGUAGE_CODES.filter((language) => form.has(`text-${language}`));
  return Object.fromEntries(sent.map((language) => [language, read(language)]));
}

/**
 * What the person typed and chose, as it is: it goes to the schema, and back into the form when something is refused. A choice counts when it
 * is written in any language.
 */
export function readQuestionForm(form: FormData) {
  const right = textOf(form, 'right');
  const choices = CHOICE_ROWS.map((row) => ({
    texts: inLanguages(form, (language) => textOf(form, `choice${row}-${language}`)),
    isRight: right === String(row),
  })).filter(({ texts }) => Object.values(texts).some((text) => text !== ''));
  const words = inLanguages(form, (language) => ({
    text: textOf(form, `text-${language}`),
    explanation: textOf(form, `explanation-${language}`),
  }));
  return { version: textOf(form, 'version'), question: { words, choices } };
}
