import { describe, expect, it } from 'vitest';
import { breakEnglish, breakJapanese, planCues, READING, writeWebVtt } from './captions.ts';
import type { ChapterScript, Slide, Words } from './lecture-script.ts';
import { LECTURES } from './make-sample-lecture.ts';
import {
  COLUMN,
  drawSlide,
  drawTitle,
  LINE_SIZE,
  renderPng,
  widthOfWords,
  wrapArticle,
  wrapNote,
} from './slide.ts';
import { planShowings } from './timing.ts';

const chapters = LECTURES.flatMap((lecture) =>
  lecture.chapters.map((chapter) => ({
    lecture,
    chapter,
    name: `${lecture.lectureClass}: ${chapter.title.en}`,
  })),
);
const plans = chapters.flatMap(({ lecture, chapter, name }) =>
  (['short', 'full'] as const).map((length) => {
    const durationMs = lecture.chapterSeconds[length] * 1000;
    const showings = planShowings(chapter, durationMs, length === 'full');
    return { name: `${name} (${length})`, durationMs, showings, cues: planCues(showings), chapter, length };
  }),
);
const deckOf = (chapter: ChapterScript): readonly Slide[] => [...chapter.slides, ...chapter.furtherSlides];
const everySlide = [...new Set(chapters.flatMap(({ chapter }) => deckOf(chapter)))];

function everyWord(chapter: ChapterScript): Words[] {
  const { text, explanation, choices } = chapter.question;
  return [
    chapter.title,
    ...chapter.opening,
    ...deckOf(chapter).flatMap((slide) => slide.narration),
    text,
    explanation,
    ...choices.map((choice) => choice.text),
  ];
}

describe('the length of the sample lectures', () => {
  it('is a twentieth of the legal minutes in short, and the legal minutes in full, never less', () => {
    for (const { lectureClass, chapterSeconds, chapters: three } of LECTURES) {
      const legalSeconds = (lectureClass === 'excellent' ? 30 : 60) * 60;
      expect(three.length * chapterSeconds.short).toBeGreaterThan(legalSeconds / 20);
      expect(three.length * chapterSeconds.small).toBeGreaterThan(legalSeconds / 30);
      expect(three.length * chapterSeconds.full).toBeGreaterThanOrEqual(legalSeconds);
    }
  });

  it.each(plans)('$name is filled from its first millisecond to its last', ({ showings, durationMs }) => {
    expect(showings[0]?.startMs).toBe(0);
    expect(showings.at(-1)?.endMs).toBeCloseTo(durationMs, 6);
    showings.slice(1).forEach((showing, index) => expect(showing.startMs).toBe(showings[index]?.endMs));
  });

  it.each(plans.filter(({ length }) => length === 'short'))(
    '$name shows each of its slides once, long enough to read',
    ({ showings, chapter, durationMs }) => {
      expect(chapter.slides.length).toBeGreaterThanOrEqual(durationMs < 60_000 ? 4 : 6);
      expect(showings.slice(1).map((showing) => showing.slide)).toEqual(chapter.slides);
      for (const showing of showings.slice(1)) expect(showing.endMs - showing.startMs).toBeGreaterThan(5_000);
    },
  );
});

describe('captions', () => {
  it.each(plans)('of $name can be read in their time', ({ cues }) => {
    for (const { startMs, endMs, words } of cues) {
      const seconds = (endMs - startMs) / 1000;
      expect(words.ja.length / seconds, words.ja).toBeLessThanOrEqual(READING.jaLettersPerSecond);
      expect(words.en.length / seconds, words.en).toBeLessThanOrEqual(READING.enLettersPerSecond);
    }
  });

  it.each(plans)(
    'of $name follow each other without overlap and end before the end',
    ({ cues, durationMs }) => {
      let last = 0;
      for (const { startMs, endMs } of cues) {
        expect(startMs).toBeGreaterThanOrEqual(last);
        expect(endMs - startMs).toBeGreaterThan(1_000);
        last = endMs;
      }
      expect(last).toBeLessThan(durationMs);
    },
  );

  it('have at most two lines that fit the picture', () => {
    for (const { chapter } of chapters) {
      for (const { ja, en } of [...chapter.opening, ...deckOf(chapter).flatMap((slide) => slide.narration)]) {
        for (const [lines, longest] of [
          [breakJapanese(ja), READING.jaLineLetters],
          [breakEnglish(en), READING.enLineLetters],
        ] as const) {
          expect(lines.split('\n').length).toBeLessThanOrEqual(2);
          for (const line of lines.split('\n')) expect(line.length, line).toBeLessThanOrEqual(longest);
        }
      }
    }
  });

  it('are written as WebVTT', () => {
    const words = { ja: '止まった車のかげに、人がいるかもしれません。', en: 'A person may be hidden.' };
    const cues = [
      { startMs: 300, endMs: 3_654, words },
      { startMs: 3_605_000, endMs: 3_606_050, words },
    ];
    expect(writeWebVtt(cues, 'ja')).toBe(
      'WEBVTT\n\n1\n00:00:00.300 --> 00:00:03.654\n止まった車のかげに、\n人がいるかもしれません。\n\n2\n01:00:05.000 --> 01:00:06.050\n止まった車のかげに、\n人がいるかもしれません。\n',
    );
  });
});

describe('words and questions', () => {
  it.each(chapters)('$name says everything in both languages', ({ chapter }) => {
    for (const { ja, en } of everyWord(chapter)) {
      expect(ja).toMatch(/[ぁ-んァ-ヶ一-龠]/);
      expect(en).toMatch(/^[\x20-\x7e]+$/);
    }
  });

  it.each(chapters)(
    '$name asks one question with three different choices, exactly one of them right',
    ({ chapter }) => {
      const { choices } = chapter.question;
      expect(new Set(choices.map((choice) => choice.text.ja)).size).toBe(3);
      expect(choices.filter((choice) => choice.isRight)).toHaveLength(1);
    },
  );

  it('does not always put the right choice in the same place', () => {
    for (const { chapters: three } of LECTURES) {
      expect(
        new Set(three.map(({ question }) => question.choices.findIndex((choice) => choice.isRight))).size,
      ).toBe(3);
    }
  });
});

describe('slides', () => {
  const place = {
    chapterNumber: 1,
    chapterTitle: '運転する人の心と体',
    lectureTitle: '一般運転者講習(見本)',
    index: 1,
    count: 7,
    isReview: true,
  };

  it.each(everySlide)('“$heading” keeps its words within the picture', (slide) => {
    expect(widthOfWords(slide.heading, 46)).toBeLessThan(1172);
    expect(slide.lines.length).toBeLessThanOrEqual(3);
    for (const row of slide.lines.flatMap((line) => line.split('\n'))) {
      expect(widthOfWords(row, LINE_SIZE), row).toBeLessThanOrEqual(COLUMN.width - 32);
    }
    for (const row of wrapArticle(slide.article ?? ''))
      expect(widthOfWords(row, 21), row).toBeLessThanOrEqual(COLUMN.width);
    for (const row of wrapNote(slide.figuresNote ?? ''))
      expect(widthOfWords(row, 20), row).toBeLessThanOrEqual(COLUMN.width);
  });

  it('are marked as a sample, each one, and drawn at 1280 × 720', { timeout: 30_000 }, () => {
    const drawn = [
      ...everySlide.map((slide) => drawSlide(slide, place)),
      ...chapters.map(({ chapter }) => drawTitle(chapter, { ...place, index: 0 })),
    ];
    for (const svg of drawn) expect(svg).toContain('見本の講習です');
    const png = renderPng(drawn[0] ?? '');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1280, 720]);
  });
});
