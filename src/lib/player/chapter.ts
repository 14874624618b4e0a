/** One chapter as the player needs it; goes through JSON to where it is played. */
export interface LectureChapter {
  readonly chapterId: string;
  readonly title: string;
  /** The language of the title, where the page around it may be in another. */
  readonly titleLanguage?: string;
  readonly durationMs: number;
  readonly masterUrl: string;
  /** The first ones are shown until others are chosen. */
  readonly captions: readonly { readonly src: string; readonly srclang: string; readonly label: string }[];
  /** What is only to be seen, in words; null where nobody wrote it. */
  readonly descriptions?: { readonly src: string; readonly srclang: string } | null;
  /** Of the chapters that come afterwards. */
  readonly laterMs?: number;
  /** The learner will be asked on the way whether he is watching. */
  readonly hasPresence: boolean;
  /** What comes when the chapter is watched. */
  readonly nextUrl: string;
  /** What is credited as far as the page knows; the server says it again when the viewing opens. */
  readonly creditedMs?: number;
}
