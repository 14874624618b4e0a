/** Whole minutes and seconds, begun seconds not counted, as the words take them. */
export function minutesAndSeconds(ms: number): { minutes: number; seconds: number } {
  const seconds = Math.floor(ms / 1_000);
  return { minutes: Math.floor(seconds / 60), seconds: seconds % 60 };
}
