import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findChapterLacks,
  findPublishingFaults,
  requiredMs,
  totalMs,
  type ChapterLack,
  type ChapterVersion,
  type DraftChapter,
  type DraftEdition,
} from './edition.ts';
import type { LanguageCode } from './languages.ts';

const MINUTE_MS = 60_000;
const BOTH = ['ja', 'en'] as const;
const right = { texts: { ja: '止まる', en: 'Stop' }, isRight: true };
const wrong = { texts: { ja: '進む', en: 'Go' }, isRight: false };
const question = {
  isChecked: true,
  words: {
    ja: { text: '横断歩道に人がいます。どうしますか。', explanation: '道路交通法38条' },
    en: { text: 'Somebody is at the crossing. What do you do?', explanation: 'Road Traffic Act, art. 38' },
  },
  choices: [right, wrong],
};
const videoOf = (minutes: number) => ({ durationMs: minutes * MINUTE_MS });
const versionOf = (title: string, changes: Partial<ChapterVersion> = {}): ChapterVersion => ({
  title,
  video: null,
  captionsEndMs: 4_000,
  ...changes,
});
const chapterOf = (minutes: number, { ja = {}, en = {}, ...changes }: Changes = {}): DraftChapter => ({
  position: 1,
  versions: {
    ja: versionOf('歩行者の優先', { video: videoOf(minutes), ...ja }),
    en: versionOf('Pedestrians first', en),
  },
  questions: [question],
  ...changes,
});
type Changes = Partial<DraftChapter> & { ja?: Partial<ChapterVersion>; en?: Partial<ChapterVersion> };
const editionOf = (chapters: DraftChapter[], changes: Partial<DraftEdition> = {}): DraftEdition => ({
  lectureClass: 'excellent',
  languages: BOTH,
  chapters,
  isNational: false,
  ...changes,
});
const faultsOf = (...chapters: DraftChapter[]) => findPublishingFaults(editionOf(chapters), 1);
const tooShort = (language: LanguageCode, actual: number) => ({
  code: 'edition_too_short',
  detail: { language, actual, required: 1_800 },
});

describe('the minutes of the law', () => {
  it('are 30 for excellent and 60 for general drivers', () => {
    expect(requiredMs('excellent', 1)).toBe(30 * MINUTE_MS);
    expect(requiredMs('general', 1)).toBe(60 * MINUTE_MS);
  });

  it('are shortened by a demo to a twentieth', () => {
    expect(requiredMs('excellent', 0.05)).toBe(90_000);
    expect(requiredMs('general', 0.05)).toBe(180_000);
  });

  it('are counted to the millisecond, in every language', () => {
    const short = { durationMs: 15 * MINUTE_MS - 1 };
    const chapters = [chapterOf(15), chapterOf(0, { position: 2, ja: { video: short } })];
    expect(faultsOf(...chapters)).toEqual([tooShort('ja', 1_799), tooShort('en', 1_799)]);
    expect(faultsOf(chapterOf(15), chapterOf(15))).toEqual([]);
    const general = editionOf([chapterOf(59)], { lectureClass: 'general', languages: ['ja'] });
    expect(findPublishingFaults(general, 1)).toHaveLength(1);
  });

  it('hold for a language whose own videos are shorter than the Japanese ones', () => {
    expect(faultsOf(chapterOf(30, { en: { video: videoOf(29) } }))).toEqual([tooShort('en', 1_740)]);
    expect(faultsOf(chapterOf(29, { en: { video: videoOf(30) } }))).toEqual([tooShort('ja', 1_740)]);
    expect(faultsOf(chapterOf(30, { en: { video: videoOf(31) } }))).toEqual([]);
  });

  it('are not asked of the national library, which nobody attends', () => {
    expect(findPublishingFaults(editionOf([chapterOf(5)], { isNational: true }), 1)).toEqual([]);
  });

  it('count no video that is not ready', () => {
    const chapters = [
      chapterOf(20),
      chapterOf(0, { ja: { video: null } }),
      chapterOf(0, { ja: { video: { durationMs: null } } }),
    ];
    expect(totalMs(chapters, 'ja')).toBe(20 * MINUTE_MS);
    expect(totalMs(chapters, 'ur')).toBe(20 * MINUTE_MS);
  });

  it('are there whenever nothing is said against it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 4_000, max: 4_000_000 }), { minLength: 1 }), (durations) => {
        const chapters = durations.map((durationMs) => chapterOf(0, { ja: { video: { durationMs } } }));
        const sum = durations.reduce((total, ms) => total + ms, 0);
        expect(faultsOf(...chapters).length === 0).toBe(sum >= 30 * MINUTE_MS);
      }),
    );
  });
});

describe('a chapter is complete', () => {
  it('with titles, a ready video, captions in all languages, and a question', () => {
    expect(findChapterLacks(chapterOf(1), BOTH)).toEqual([]);
  });

  it('without captions in a language that has a video of its own', () => {
    expect(findChapterLacks(chapterOf(1, { en: { video: videoOf(1), captionsEndMs: null } }), BOTH)).toEqual(
      [],
    );
  });

  it('with what it says in a language that is not declared left alone', () => {
    expect(findChapterLacks(chapterOf(1, { en: { title: '' } }), ['ja'])).toEqual([]);
  });

  it.each<[ChapterLack, Changes]>([
    [{ lacks: 'title', language: 'en' }, { en: { title: ' ' } }],
    [{ lacks: 'video', language: 'ja' }, { ja: { video: null } }],
    [{ lacks: 'video', language: 'ja' }, { ja: { video: { durationMs: null } } }],
    [{ lacks: 'video', language: 'en' }, { en: { video: { durationMs: null } } }],
    [{ lacks: 'captions', language: 'ja' }, { ja: { captionsEndMs: null } }],
    [{ lacks: 'captions', language: 'en' }, { en: { captionsEndMs: null } }],
    [{ lacks: 'captionsTooLong', language: 'en' }, { en: { captionsEndMs: MINUTE_MS + 1_001 } }],
    [{ lacks: 'question' }, { questions: [] }],
    [
      { lacks: 'questionWords', language: 'en' },
      { questions: [{ ...question, words: { ...question.words, en: { text: 'Who?', explanation: '' } } }] },
    ],
    [
      { lacks: 'questionWords', language: 'ja' },
      { questions: [{ ...question, choices: [right, { ...wrong, texts: { en: 'Go' } }] }] },
    ],
    [{ lacks: 'choices' }, { questions: [{ ...question, choices: [right] }] }],
    [{ lacks: 'choices' }, { questions: [{ ...question, choices: [right, wrong, wrong, wrong, wrong] }] }],
    [{ lacks: 'rightChoice' }, { questions: [{ ...question, choices: [wrong, wrong] }] }],
    [{ lacks: 'rightChoice' }, { questions: [{ ...question, choices: [right, right, wrong] }] }],
    [
      { lacks: 'rightChoice', question: 2 },
      { questions: [question, { ...question, choices: [wrong, wrong] }] },
    ],
  ])('lacks %o otherwise', (lack, changes) => {
    expect(findChapterLacks(chapterOf(1, changes), BOTH)).toEqual([lack]);
    expect(faultsOf(chapterOf(30), chapterOf(1, { ...changes, position: 2 }))).toEqual([
      { code: 'edition_chapter_incomplete', detail: { position: 2, ...lack } },
    ]);
  });

  it('in twelve languages only when each of them is written', () => {
    const lacks = findChapterLacks(chapterOf(1), ['ja', 'en', 'ur']);
    expect(lacks).toEqual([
      { lacks: 'title', language: 'ur' },
      { lacks: 'captions', language: 'ur' },
      { lacks: 'questionWords', language: 'ur' },
    ]);
  });
});

describe('an edition', () => {
  it('needs chapters', () => {
    expect(faultsOf()).toEqual([{ code: 'edition_empty', detail: {} }]);
  });

  it('is told everything at once', () => {
    const codes = faultsOf(chapterOf(1, { ja: { title: '' }, questions: [] })).map(({ code }) => code);
    expect(codes).toEqual([
      'edition_chapter_incomplete',
      'edition_chapter_incomplete',
      'edition_too_short',
      'edition_too_short',
    ]);
  });
});

describe('a question', () => {
  const unchecked = { ...question, isChecked: false };

  it('has to be answered by somebody other than its author before it is published', () => {
    expect(faultsOf(chapterOf(30, { questions: [question, unchecked] }))).toEqual([
      { code: 'edition_question_unchecked', detail: { position: 1, number: 2 } },
    ]);
  });

  it('is not to be looked at as long as its chapter lacks something', () => {
    const codes = faultsOf(chapterOf(30, { ja: { title: '' }, questions: [unchecked] })).map(
      ({ code }) => code,
    );
    expect(codes).toEqual(['edition_chapter_incomplete']);
  });
});
