/** What has come of a hand-over: one device shows a QR code, another claims it, reads the card and approves, the first one signs in. */
export interface HandOverFacts {
  readonly expiresAt: Date;
  readonly claimedAt: Date | null;
  readonly approvedAt: Date | null;
  /** It signed somebody in, was stopped, or the wrong number was chosen. */
  readonly endedAt: Date | null;
}

export type HandOverState = 'waiting' | 'claimed' | 'approved' | 'over';

export function handOverState(facts: HandOverFacts, now: Date): HandOverState {
  if (facts.endedAt !== null || now > facts.expiresAt) return 'over';
  if (facts.approvedAt !== null) return 'approved';
  return facts.claimedAt === null ? 'waiting' : 'claimed';
}

const LOWEST = 10;
const HIGHEST = 99;
const CHOICES = 3;

/**
 * Numbers of two digits, all different: one is shown on the screen that is to be signed in, and whoever holds the card has to look at it to
 * choose it among the others. `random(from, to)` gives a whole number, both ends included.
 */
export function drawNumbers(random: (from: number, to: number) => number): {
  readonly number: number;
  readonly choices: readonly number[];
} {
  const choices = new Set<number>();
  while (choices.size < CHOICES) choices.add(random(LOWEST, HIGHEST));
  const list = [...choices].sort((a, b) => a - b);
  const number = list[random(0, CHOICES - 1)];
  if (number === undefined) throw new RangeError('the random number was out of its range');
  return { number, choices: list };
}

/** Whether the card was read for this hand-over: in a session that began after the QR code was claimed. */
export const isFreshFor = ({ claimedAt }: HandOverFacts, sessionBegan: Date): boolean =>
  claimedAt !== null && sessionBegan >= claimedAt;
