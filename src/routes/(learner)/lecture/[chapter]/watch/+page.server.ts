import { FIRST_LANGUAGE, LANGUAGES, textIn } from '#lib/domain/lectures/languages.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { listCaptions } from '#lib/server/attendance/list-captions.ts';
import { loadStep } from '../chapter-page.ts';
import type { PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const { learner, lecture, chapter } = await loadStep(event, 'watch');
  const { language } = lecture;
  const written = await listCaptions(event.locals.app, learner, chapter.chapterId);
  const wanted = [language, getLocale(), FIRST_LANGUAGE];
  const preferred = wanted.find((code) => written.some((language) => language === code));
  // The first ones are shown until others are chosen.
  const captions = written
    .toSorted((a, b) => Number(b === preferred) - Number(a === preferred))
    .map((srclang) => ({
      src: `/media/captions/${chapter.chapterId}.${srclang}.vtt`,
      srclang,
      label: LANGUAGES[srclang].name,
    }));
  const { hasPresence } = lecture;
  // The table of languages stays here: it would be half a kilobyte more of the page's scripts.
  return {
    chapter,
    chapterCount: lecture.chapters.length,
    titleText: textIn(language),
    captions,
    hasPresence,
  };
};
