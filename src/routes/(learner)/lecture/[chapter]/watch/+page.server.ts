import { FIRST_LANGUAGE, LANGUAGES, textIn } from '#lib/domain/lectures/languages.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { listCaptions } from '#lib/server/attendance/list-captions.ts';
import { loadStep } from '../chapter-page.ts';
import type { PageServerLoad } from './$types.ts';

/** The player alone runs, by a script of its own (lib/client/mount-player.ts). */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const { learner, lecture, chapter } = await loadStep(event, 'watch');
  const { language } = lecture;
  const { app } = event.locals;
  const { chapterId } = chapter;
  const written = await listCaptions(app, learner, chapterId);
  const wanted = [language, getLocale(), FIRST_LANGUAGE];
  const firstOf = (codes: readonly string[]) => wanted.find((code) => codes.includes(code));
  const preferred = firstOf(written);
  // The first ones are shown until others are chosen.
  const captions = written
    .toSorted((a, b) => Number(b === preferred) - Number(a === preferred))
    .map((srclang) => ({
      src: `/media/captions/${chapterId}.${srclang}.vtt`,
      srclang,
      label: LANGUAGES[srclang].name,
    }));
  const described = firstOf(await listCaptions(app, learner, chapterId, 'descriptions'));
  const { hasPresence } = lecture;
  // The table of languages stays here: it would be half a kilobyte more of the page's scripts.
  return {
    chapter,
    chapters: lecture.chapters.map(({ position, title, durationMs, hasPhoto, ...rest }) => ({
      position,
      title,
      durationMs,
      hasPhoto,
      isHere: rest.chapterId === chapterId,
    })),
    titleText: textIn(language),
    captions,
    descriptions:
      described === undefined
        ? null
        : { src: `/media/captions/${chapterId}.${described}.descriptions.vtt`, srclang: described },
    hasPresence,
  };
};
