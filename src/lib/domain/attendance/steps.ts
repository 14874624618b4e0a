/** What of one chapter is done, in the order in which it has to be. */
export interface ChapterProgress {
  readonly chapterId: string;
  readonly durationMs: number;
  readonly creditedMs: number;
  readonly isAnswered: boolean;
  readonly hasPhoto: boolean;
}

export type Step =
  | { readonly kind: 'watch' | 'question' | 'photo'; readonly chapterId: string }
  | { readonly kind: 'survey' }
  | { readonly kind: 'done' };

/** The one thing that comes next: each chapter's video, question and photo in order of the chapters, then the survey. */
export function nextStep(chapters: readonly ChapterProgress[], isSurveySent: boolean): Step {
  for (const { chapterId, durationMs, creditedMs, isAnswered, hasPhoto } of chapters) {
    if (creditedMs < durationMs) return { kind: 'watch', chapterId };
    if (!isAnswered) return { kind: 'question', chapterId };
    if (!hasPhoto) return { kind: 'photo', chapterId };
  }
  return isSurveySent ? { kind: 'done' } : { kind: 'survey' };
}
