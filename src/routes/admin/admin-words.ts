import { formatMinutesSeconds } from '#lib/components/format-date.ts';
import type { EditionState } from '#lib/domain/lectures/edition-states.ts';
import type { ChapterLack, PublishingFault } from '#lib/domain/lectures/edition.ts';
import { LANGUAGES, type InLanguages } from '#lib/domain/lectures/languages.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

const STATES: Record<EditionState, () => string> = {
  draft: m.admin_edition_state_draft,
  ready: m.edition_state_ready,
  scheduled: m.edition_state_scheduled,
  published: m.admin_edition_state_published,
  withdrawn: m.admin_edition_state_withdrawn,
};

const LACKS: Record<ChapterLack['lacks'], () => string> = {
  title: m.admin_lack_title,
  video: m.admin_lack_video,
  captions: m.admin_lack_captions,
  captionsTooLong: m.admin_lack_captions_too_long,
  question: m.admin_lack_question,
  questionWords: m.admin_lack_question_words,
  choices: m.admin_lack_choices,
  rightChoice: m.admin_lack_right_choice,
};

const SECOND_MS = 1_000;

export const duration = (ms: number): string => formatMinutesSeconds(ms, getLocale());
export const editionStateWords = (state: EditionState): string => STATES[state]();
/** What is missing, without where. */
export const lackName = ({ lacks }: ChapterLack): string => LACKS[lacks]();

/** What is missing, with the language and the question that it is missing in. */
export function lackWords(lack: ChapterLack): string {
  const where = [
    ...('language' in lack ? [LANGUAGES[lack.language].name] : []),
    ...(lack.question === undefined ? [] : [m.admin_question_number({ number: lack.question })]),
  ];
  const what = lackName(lack);
  return where.length === 0 ? what : m.admin_lack_in({ where: where.join(m.admin_list_separator()), what });
}

/** The title in the reader's language; that of the other one, or a stand-in, when it is not written yet. */
export function titleOf({ titleJa, titleEn }: { titleJa: string; titleEn: string }): string {
  const wanted = getLocale() === 'ja' ? [titleJa, titleEn] : [titleEn, titleJa];
  return wanted.find((title) => title !== '') ?? m.admin_untitled();
}

/** A chapter's title in the reader's language, in Japanese, or a stand-in. */
export function titleOfChapter({ versions }: { versions: InLanguages<{ readonly title: string }> }): string {
  const wanted = [versions[getLocale()]?.title, versions.ja?.title];
  return wanted.find((title) => title) ?? m.admin_untitled();
}

export function faultWords(fault: PublishingFault): string {
  switch (fault.code) {
    case 'edition_empty':
      return m.admin_fault_empty();
    case 'edition_chapter_incomplete':
      return m.admin_fault_chapter({ position: fault.detail.position, lack: lackWords(fault.detail) });
    case 'edition_question_unchecked':
      return m.edition_fault_unchecked(fault.detail);
    case 'edition_too_short':
      return m.admin_fault_too_short({
        language: LANGUAGES[fault.detail.language].name,
        actual: duration(fault.detail.actual * SECOND_MS),
        required: duration(fault.detail.required * SECOND_MS),
      });
  }
}
