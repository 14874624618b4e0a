import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findChapterLacks,
  findPublishingFaults,
  requiredMs,
  totalMs,
  type DraftChapter,
  type DraftQuestion,
} from './edition.ts';

const MINUTE_MS = 60_000;
const right = { textJa: '止まる', textEn: 'Stop', isRight: true };
const wrong = { textJa: '進む', textEn: 'Go', isRight: false };
const question: DraftQuestion = {
  textJa: '横断歩道に人がいます。どうしますか。',
  textEn: 'Somebody is at the crossing. What do you do?',
  explanationJa: '道路交通法38条',
  explanationEn: 'Road Traffic Act, art. 38',
  choices: [right, wrong],
};
const chapterOf = (minutes: number, changes: Partial<DraftChapter> = {}): DraftChapter => ({
  position: 1,
  titleJa: '歩行者の優先',
  titleEn: 'Pedestrians first',
  video: { durationMs: minutes * MINUTE_MS },
  hasCaptionsJa: true,
  hasCaptionsEn: true,
  question,
  ...changes,
});
const faultsOf = (...chapters: DraftChapter[]) =>
  findPublishingFaults({ lectureClass: 'excellent', chapters }, 1);

describe('the minutes of the law', () => {
  it('are 30 for excellent and 60 for general drivers', () => {
    expect(requiredMs('excellent', 1)).toBe(30 * MINUTE_MS);
    expect(requiredMs('general', 1)).toBe(60 * MINUTE_MS);
  });

  it('are shortened by a demo to a twentieth', () => {
    expect(requiredMs('excellent', 0.05)).toBe(90_000);
    expect(requiredMs('general', 0.05)).toBe(180_000);
  });

  it('are counted to the millisecond', () => {
    const chapters = [
      chapterOf(15),
      chapterOf(0, { position: 2, video: { durationMs: 15 * MINUTE_MS - 1 } }),
    ];
    expect(faultsOf(...chapters)).toEqual([
      { code: 'edition_too_short', detail: { actual: 1_799, required: 1_800 } },
    ]);
    expect(faultsOf(chapterOf(15), chapterOf(15))).toEqual([]);
    expect(findPublishingFaults({ lectureClass: 'general', chapters: [chapterOf(59)] }, 1)).toHaveLength(1);
  });

  it('count no video that is not ready', () => {
    expect(totalMs([chapterOf(20), { video: null }, { video: { durationMs: null } }])).toBe(20 * MINUTE_MS);
  });

  it('are there whenever nothing is said against it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4_000_000 }), { minLength: 1 }), (durations) => {
        const chapters = durations.map((durationMs) => chapterOf(0, { video: { durationMs } }));
        const sum = durations.reduce((total, ms) => total + ms, 0);
        expect(faultsOf(...chapters).length === 0).toBe(sum >= 30 * MINUTE_MS);
      }),
    );
  });
});

describe('a chapter is complete', () => {
  it('with titles, a ready video, captions in both languages, and a question', () => {
    expect(findChapterLacks(chapterOf(1))).toEqual([]);
  });

  it.each([
    ['title', { titleEn: ' ' }],
    ['video', { video: null }],
    ['video', { video: { durationMs: null } }],
    ['captionsJa', { hasCaptionsJa: false }],
    ['captionsEn', { hasCaptionsEn: false }],
    ['question', { question: null }],
    ['questionWords', { question: { ...question, explanationEn: '' } }],
    ['questionWords', { question: { ...question, choices: [right, { ...wrong, textEn: '' }] } }],
    ['choices', { question: { ...question, choices: [right] } }],
    ['choices', { question: { ...question, choices: [right, wrong, wrong, wrong, wrong] } }],
    ['rightChoice', { question: { ...question, choices: [wrong, wrong] } }],
    ['rightChoice', { question: { ...question, choices: [right, right, wrong] } }],
  ] as const)('lacks %s otherwise', (lacks, changes) => {
    expect(findChapterLacks(chapterOf(1, changes))).toEqual([lacks]);
    expect(faultsOf(chapterOf(30), chapterOf(1, { ...changes, position: 2 }))).toEqual([
      { code: 'edition_chapter_incomplete', detail: { position: 2, lacks } },
    ]);
  });
});

describe('an edition', () => {
  it('needs chapters', () => {
    expect(faultsOf()).toEqual([{ code: 'edition_empty', detail: {} }]);
  });

  it('is told everything at once', () => {
    const codes = faultsOf(chapterOf(1, { titleJa: '', question: null })).map(({ code }) => code);
    expect(codes).toEqual(['edition_chapter_incomplete', 'edition_chapter_incomplete', 'edition_too_short']);
  });
});
