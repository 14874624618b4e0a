/** What is still to be watched of all chapters, in milliseconds. */
export function leftMs(chapters: readonly { durationMs: number; creditedMs: number }[]): number {
  return chapters.reduce((sum, { durationMs, creditedMs }) => sum + durationMs - creditedMs, 0);
}
