import { FIRST_LANGUAGE } from '#lib/domain/lectures/languages.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { loadChapter } from '../load-chapter.ts';
import type { PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const { edition, chapter } = await loadChapter(event);
  // As a learner's player chooses them: the first ones are shown until others are chosen.
  const wanted = [edition.language, getLocale(), FIRST_LANGUAGE];
  const preferred = wanted.find((code) => chapter.captions.some((language) => language === code));
  const captions = chapter.captions.toSorted((a, b) => Number(b === preferred) - Number(a === preferred));
  const described = wanted.find((code) => chapter.descriptions.some((language) => language === code));
  const descriptions =
    described === undefined
      ? null
      : { src: `/media/captions/${chapter.id}.${described}.descriptions.vtt`, srclang: described };
  return { edition, chapter, captions, descriptions, isStrict: event.url.searchParams.has('strict') };
};
