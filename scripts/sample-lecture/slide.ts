/** Draws a slide: 1280 × 720, Japanese, in BIZ UDPGothic. The bottom is road: captions may lie on it. */
import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { carFromTheSide } from './figures.ts';
import type { ChapterScript, Slide } from './lecture-script.ts';
import { fill, ink } from './palette.ts';
import { PICTURE } from './pictures/road.ts';
import { circle, FONT_FAMILY, group, label, rect, stroke, text } from './svg.ts';

export const FRAME = { width: 1280, height: 720 } as const;
export const ROAD = { top: 640, carWidth: 96, carHeight: 48, carTop: 662 } as const;

export const LINE_SIZE = 31;
export const COLUMN = { left: 812, width: 428 } as const;

/** Where a slide stands in its chapter. */
export interface SlidePlace {
  readonly chapterNumber: number;
  readonly chapterTitle: string;
  readonly lectureTitle: string;
  /** From 0; the chapter's first slide is its title. */
  readonly index: number;
  readonly count: number;
  /** True from the second time that a long chapter shows the slide. */
  readonly isReview: boolean;
}

const require = createRequire(import.meta.url);
const fontFiles = [
  require.resolve('@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf'),
  require.resolve('@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf'),
];

function resvg(svg: string): Resvg {
  return new Resvg(svg, {
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: FONT_FAMILY },
    textRendering: 2,
    shapeRendering: 2,
  });
}

export function renderPng(svg: string): Buffer {
  return resvg(svg).render().asPng();
}

/** Width in pixels of one line of bold words, as they are drawn. */
export function widthOfWords(words: string, size: number): number {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="200">${text({ x: 0, y: 120 }, words, { size })}</svg>`;
  return resvg(svg).innerBBox()?.width ?? 0;
}

const svgOf = (width: number, height: number, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>`;

function frame(place: SlidePlace): string {
  const { top } = ROAD;
  const dots = Array.from({ length: place.count }, (_, index) =>
    circle(
      { x: 1010 - (place.count - 1 - index) * 22, y: 43 },
      index === place.index ? 8 : 5,
      index <= place.index ? fill.key : fill.line,
    ),
  ).join('');
  const review = place.isReview
    ? label({ x: 742, y: 43 }, '復習', { width: 88, size: 21, fill: fill.greenSoft, ink: ink.green })
    : '';
  return (
    rect({ x: 0, y: 0, w: FRAME.width, h: FRAME.height }, fill.paper) +
    rect({ x: 0, y: 0, w: FRAME.width, h: 6 }, fill.key) +
    text({ x: 40, y: 52 }, `第${place.chapterNumber}章 ${place.chapterTitle}`, {
      size: 25,
      fill: ink.quiet,
    }) +
    review +
    dots +
    label({ x: 1140, y: 43 }, '見本の講習です', {
      width: 200,
      size: 22,
      fill: fill.amberSoft,
      ink: ink.text,
    }) +
    rect({ x: 0, y: top, w: FRAME.width, h: FRAME.height - top }, fill.asphalt) +
    rect({ x: 0, y: top, w: FRAME.width, h: 5 }, fill.kerb) +
    stroke(`M12 716H${FRAME.width}`, '#8E95A4', 3, '34 30')
  );
}

function remarks(slide: Slide): string {
  let y = 206;
  const drawn = slide.lines.map((remark) => {
    const rows = remark.split('\n');
    const first = y;
    y += rows.length * 45 + 32;
    return (
      circle({ x: COLUMN.left + 8, y: first - 11 }, 8, fill.key) +
      rows
        .map((row, index) => text({ x: COLUMN.left + 32, y: first + index * 45 }, row, { size: LINE_SIZE }))
        .join('')
    );
  });
  return drawn.join('');
}

function notes(slide: Slide): string {
  if (slide.article === undefined && slide.figuresNote === undefined) return '';
  const rows: string[] = [];
  let y = 612;
  if (slide.article !== undefined) {
    const parts = wrapArticle(slide.article);
    for (const part of parts.toReversed()) {
      rows.push(text({ x: COLUMN.left, y }, part, { size: 21, fill: ink.blue }));
      y -= 30;
    }
  }
  if (slide.figuresNote !== undefined) {
    for (const part of wrapNote(slide.figuresNote).toReversed()) {
      rows.push(text({ x: COLUMN.left, y }, part, { size: 20, fill: ink.quiet, weight: 400 }));
      y -= 28;
    }
  }
  return stroke(`M${COLUMN.left} ${y}H${COLUMN.left + COLUMN.width}`, fill.line, 2) + rows.join('');
}

/** Long lists of articles go on a second row, after a 「・」. */
export function wrapArticle(article: string): string[] {
  if (article.length <= 20) return [article];
  const at = article.indexOf('・', 10) + 1;
  return at === 0 ? [article] : [article.slice(0, at), article.slice(at)];
}

export function wrapNote(note: string): string[] {
  if (note.length <= 22) return [note];
  const at = Math.max(note.indexOf(':') + 1, note.indexOf('。') + 1);
  return at === 0 ? [note] : [note.slice(0, at), note.slice(at)].filter((part) => part !== '');
}

export function drawSlide(slide: Slide, place: SlidePlace): string {
  return svgOf(
    FRAME.width,
    FRAME.height,
    frame(place) +
      rect({ x: 40, y: 78, w: 10, h: 54 }, fill.key, 5) +
      text({ x: 68, y: 122 }, slide.heading, { size: 46 }) +
      `<clipPath id="picture"><rect width="${PICTURE.w}" height="${PICTURE.h}" rx="20"/></clipPath>` +
      rect({ x: 38, y: 166, w: PICTURE.w + 4, h: PICTURE.h + 4 }, fill.line, 22) +
      group(`<g clip-path="url(#picture)">${slide.picture()}</g>`, { x: 40, y: 168 }) +
      remarks(slide) +
      notes(slide),
  );
}

export function drawTitle(chapter: ChapterScript, place: SlidePlace): string {
  return svgOf(
    FRAME.width,
    FRAME.height,
    frame(place) +
      circle({ x: 990, y: 352 }, 250, fill.mist) +
      group(chapter.emblem(), { x: 990, y: 352 }) +
      text({ x: 84, y: 226 }, place.lectureTitle, { size: 34, fill: ink.quiet }) +
      rect({ x: 84, y: 260, w: 96, h: 8 }, fill.key, 4) +
      text({ x: 84, y: 348 }, `第${place.chapterNumber}章`, { size: 46, fill: ink.blue }) +
      text({ x: 84, y: 438 }, chapter.title.ja, { size: chapter.title.ja.length > 8 ? 64 : 72 }),
  );
}

/** The small car that drives along the bottom once a chapter, so that a still slide is seen to be playing. */
export function drawProgressCar(): string {
  return svgOf(ROAD.carWidth, ROAD.carHeight, group(carFromTheSide('ochre'), { x: 48, y: 46, scale: 0.62 }));
}
