const FIRST_PAUSE_MS = 5_000;
const GROWTH = 3;
const LONGEST_PAUSE_MS = 6 * 3_600_000;
const MAX_FAILURES = 16;

/**
 * How long to wait after so many failures in a row (1 or more) before a push is tried again: 5 s, 15 s, 45 s … up to 6 hours. null: it is
 * given up, after about two days. The feed has everything all the same.
 */
export function pushPauseMs(failures: number): number | null {
  if (failures >= MAX_FAILURES) return null;
  return Math.min(FIRST_PAUSE_MS * GROWTH ** (failures - 1), LONGEST_PAUSE_MS);
}
