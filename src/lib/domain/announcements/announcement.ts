import type { InLanguages, LanguageCode } from '../lectures/languages.ts';
import { FIRST_LANGUAGE } from '../lectures/languages.ts';

/** What the operator tells everybody: work on the service that is coming, or a fault that is there. */
export interface Announcement {
  /** `emergency`: something does not work now, and people should do something else. */
  readonly kind: 'notice' | 'emergency';
  readonly title: Wording;
  readonly text: Wording;
  /** null: since ever. */
  readonly from: Date | null;
  /** Not shown from then on. null: until it is taken away. */
  readonly until: Date | null;
}

/** Japanese always, other languages as far as somebody has written them. */
type Wording = InLanguages<string> & { readonly ja: string };

export interface AnnouncementView {
  readonly kind: Announcement['kind'];
  /** Of both sentences, which need not be the page's. */
  readonly language: LanguageCode;
  readonly title: string;
  readonly text: string;
}

/**
 * What is shown at `now` to somebody who reads `language`; null when it is not its time. Title and text are in one language: theirs, or
 * English, or Japanese.
 */
export function announcementAt(
  announcement: Announcement,
  now: Date,
  language: LanguageCode,
): AnnouncementView | null {
  const { kind, title, text, from, until } = announcement;
  if ((from !== null && now < from) || (until !== null && now >= until)) return null;
  for (const candidate of [language, 'en', FIRST_LANGUAGE] as const) {
    const [words, more] = [title[candidate], text[candidate]];
    if (words !== undefined && more !== undefined)
      return { kind, language: candidate, title: words, text: more };
  }
  return null;
}
