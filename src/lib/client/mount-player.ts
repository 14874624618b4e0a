import { mount } from 'svelte';
import { loadReadings } from '#lib/components/reading.svelte.ts';
import { assertIsLocale, overwriteGetLocale } from '#lib/paraglide/runtime.js';
import type { LectureChapter } from '#lib/player/chapter.ts';
import LecturePlayer from '#lib/player/LecturePlayer.svelte';
import { untilReachable } from './until-reachable.ts';
import { viewingLine } from './viewing-line.ts';

/**
 * Brings the player to life where the watch page has written it (`data-chapter`: a LectureChapter as JSON). Nothing else of that page
 * runs a script: pages and links before and after it are loaded whole.
 */
const place = document.querySelector<HTMLElement>('[data-chapter]')!;
const chapter = JSON.parse(place.dataset.chapter!) as LectureChapter;

// As in hooks.client.ts, which this page does not load.
if (import.meta.env.DEV) overwriteGetLocale(() => assertIsLocale(document.documentElement.lang));

async function goOn(): Promise<void> {
  await untilReachable();
  location.assign(chapter.nextUrl);
}

// What the server wrote is a picture of the same player at its beginning: it is replaced in one go, and nothing moves.
place.replaceChildren();
place.removeAttribute('data-chapter'); // nothing waits for life any more (watch-line.ts)
mount(LecturePlayer, {
  target: place,
  props: { chapter, line: viewingLine(chapter.chapterId), onWatched: goOn },
});
loadReadings();
