/** What a sample lecture is made of, before anything is drawn or played. */

/** The same words in the two languages of the service. */
export interface Words {
  readonly ja: string;
  readonly en: string;
}

/** A picture with its words; the slide is Japanese, what is spoken over it is in both languages. */
export interface Slide {
  readonly heading: string;
  /** One to three short remarks; `\n` breaks one that is longer than the column. */
  readonly lines: readonly string[];
  /** The law's article, when the slide names a duty. */
  readonly article?: string;
  /** Said beside figures: how they were computed, and that they are examples. */
  readonly figuresNote?: string;
  readonly picture: () => string;
  /** What the speaker says, sentence by sentence; each becomes one caption. */
  readonly narration: readonly Words[];
}

export interface Choice {
  readonly text: Words;
  readonly isRight: boolean;
}

export interface CheckQuestion {
  readonly text: Words;
  readonly explanation: Words;
  readonly choices: readonly Choice[];
}

export interface ChapterScript {
  readonly title: Words;
  /** What stands large on the first slide, within 360 × 360 around 0,0. */
  readonly emblem: () => string;
  readonly opening: readonly Words[];
  readonly slides: readonly Slide[];
  /** Slides that only the lecture of full length has time for. */
  readonly furtherSlides: readonly Slide[];
  readonly question: CheckQuestion;
}

export type SampleLectureClass = 'excellent' | 'general';

export interface LectureScript {
  readonly lectureClass: SampleLectureClass;
  readonly title: Words;
  /** How long one chapter runs, in seconds: `full` makes the legal 30 or 60 minutes, `short` a twentieth of them. */
  /** `small`: for tests of pages, a thirtieth of the legal minutes at least. */
  readonly chapterSeconds: { readonly short: number; readonly small: number; readonly full: number };
  readonly chapters: readonly ChapterScript[];
}
