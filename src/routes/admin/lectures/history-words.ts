import { formatDateTime } from '#lib/components/format-date.ts';
import { FIRST_LANGUAGE, isLanguageCode, LANGUAGES } from '#lib/domain/lectures/languages.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

type Detail = Readonly<Record<string, unknown>>;

/** Entries from before there were languages name none. */
const languageName = (code: unknown) => {
  const language = String(code ?? FIRST_LANGUAGE);
  return isLanguageCode(language) ? LANGUAGES[language].name : language;
};
const number = (value: unknown) => Number(value ?? 0);

/** What an entry of the audit trail says in the history of an edition, by its `what`. */
export const HISTORY_WORDS: Readonly<Record<string, (detail: Detail) => string>> = {
  'edition.created': ({ copyOf }) => (copyOf ? m.edition_did_copied() : m.edition_did_created()),
  'edition.finished': () => m.edition_did_finished(),
  'edition.reopened': () => m.edition_did_reopened(),
  'edition.scheduled': ({ scheduledFor }) =>
    m.edition_did_scheduled({ at: formatDateTime(new Date(String(scheduledFor)), getLocale()) }),
  'edition.unscheduled': () => m.edition_did_unscheduled(),
  'edition.missed': () => m.edition_did_missed(),
  'edition.published': () => m.edition_did_published(),
  'edition.replaced': (detail) => m.edition_did_replaced({ number: number(detail['number']) }),
  'edition.withdrawn': ({ unfinished }) => m.edition_did_withdrawn({ count: number(unfinished) }),
  'edition.languagesDeclared': ({ languages }) =>
    m.edition_did_languages({ languages: String(languages).split(' ').map(languageName).join(' / ') }),
  'chapter.added': ({ position }) => m.edition_did_chapter_added({ position: number(position) }),
  'chapter.saved': ({ position, language }) =>
    m.edition_did_chapter_saved({ position: number(position), language: languageName(language) }),
  'chapter.takenOver': ({ position }) => m.edition_did_taken_over({ position: number(position) }),
  'question.saved': ({ chapter }) => m.edition_did_question_saved({ position: number(chapter) }),
  'question.checked': (detail) =>
    m.edition_did_question_checked({
      position: number(detail['position']),
      number: number(detail['number']),
    }),
  'preview.opened': ({ position }) => m.edition_did_previewed({ position: number(position) }),
  'question.moved': ({ chapter }) => m.edition_did_question_moved({ position: number(chapter) }),
  'question.removed': ({ chapter }) => m.edition_did_question_removed({ position: number(chapter) }),
  'chapter.moved': ({ position }) => m.edition_did_chapter_moved({ position: number(position) }),
  'chapter.removed': () => m.edition_did_chapter_removed(),
};

/** An entry that has no words of its own is shown by its name, rather than not at all. */
export const historyWords = (what: string, detail: Detail): string => HISTORY_WORDS[what]?.(detail) ?? what;
