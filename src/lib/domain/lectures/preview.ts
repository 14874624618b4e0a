/** What is known of a question when somebody looks at its chapter in the preview. */
export interface QuestionReview {
  /** Null: written before this was recorded. */
  readonly writtenBy: string | null;
  /** Who answered it right, having not written it, since it was last written. */
  readonly checkedBy: string | null;
}

/**
 * Whether an answer given in the preview shows that the question can be understood and that the right choice is right: it is right, and
 * given by somebody other than the author, who knows what was meant.
 */
export function countsAsCheck(
  { writtenBy, checkedBy }: QuestionReview,
  answer: { readonly officerId: string; readonly isRight: boolean },
): boolean {
  return checkedBy === null && answer.isRight && answer.officerId !== writtenBy;
}

/**
 * The question of a chapter's bank that a preview shows: one that this administrator can still check, else any, as a learner would
 * get it. `draw(n)` is a random whole number from 0 to n − 1. Undefined when the bank is empty.
 */
export function chooseForPreview<Q extends QuestionReview>(
  bank: readonly Q[],
  officerId: string,
  draw: (count: number) => number,
): Q | undefined {
  const open = bank.filter((question) => countsAsCheck(question, { officerId, isRight: true }));
  const candidates = open.length > 0 ? open : bank;
  return candidates[draw(candidates.length)];
}
