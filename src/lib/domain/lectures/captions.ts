/** What is wrong with the first wrong line of a WebVTT file. */
export type CaptionsFaultKind =
  'header' | 'encoding' | 'timing' | 'order' | 'overlap' | 'beyondEnd' | 'noCues';

export interface CaptionsFault {
  readonly kind: CaptionsFaultKind;
  /** Counted from 1, as editors do. */
  readonly line: number;
}

const HEADER = /^WEBVTT(?:[ \t].*)?$/;
const TIMING =
  /^((?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3})[ \t]+-->[ \t]+((?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3})(?:[ \t].*)?$/;
const BLOCK_WITHOUT_CUE = /^(?:NOTE|STYLE|REGION)(?:[ \t]|$)/;
// What reading a file in another encoding leaves behind, and what PostgreSQL cannot keep.
const UNREADABLE = ['\uFFFD', '\0'];
/** How much longer than the video the last caption may stay: the rounding of the last frame. */
export const CAPTIONS_END_SLACK_MS = 1_000;

const MS_OF_UNIT = [1_000, 60_000, 3_600_000];

function toMs(timestamp: string): number {
  return timestamp
    .split(':')
    .reverse()
    .reduce((ms, part, unit) => ms + Math.round(Number(part) * (MS_OF_UNIT[unit] ?? 0)), 0);
}

/**
 * The first fault of a WebVTT file (W3C WebVTT §4), or null when it can be shown. Beyond the format: cues stand in order, do
 * not overlap, there is at least one, and none ends after the video, whose length is `durationMs` (null: not known yet).
 */
export function findCaptionsFault(text: string, durationMs: number | null = null): CaptionsFault | null {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const unreadable = lines.findIndex((line) => UNREADABLE.some((sign) => line.includes(sign)));
  if (unreadable !== -1) return { kind: 'encoding', line: unreadable + 1 };
  if (!HEADER.test(lines[0] ?? '')) return { kind: 'header', line: 1 };

  const headerEnd = lines.includes('') ? lines.indexOf('') : lines.length;
  const inHeader = lines.slice(0, headerEnd).findIndex((line) => line.includes('-->'));
  if (inHeader !== -1) return { kind: 'header', line: inHeader + 1 };

  let startsBlock = true;
  let previous = { startMs: 0, endMs: 0 };
  let cueCount = 0;
  for (const [index, line] of lines.entries()) {
    if (index < headerEnd) continue;
    const isFirst = startsBlock;
    startsBlock = line === '';
    if (line === '') continue;
    const hasArrow = line.includes('-->');
    if (!isFirst && !hasArrow) continue; // a cue's words, or the lines of a note
    if (isFirst && !hasArrow) {
      // A block is a note, a style, or the name of a cue whose timing is in the next line.
      if (!BLOCK_WITHOUT_CUE.test(line) && !lines[index + 1]?.includes('-->'))
        return { kind: 'timing', line: index + 1 };
      continue;
    }
    const fault = findCueFault(line, previous, durationMs);
    if (fault !== null) return { kind: fault, line: index + 1 };
    previous = readTiming(line) ?? previous;
    cueCount += 1;
  }
  return cueCount === 0 ? { kind: 'noCues', line: lines.length } : null;
}

function readTiming(line: string): { startMs: number; endMs: number } | null {
  const [, start, end] = TIMING.exec(line) ?? [];
  return start === undefined || end === undefined ? null : { startMs: toMs(start), endMs: toMs(end) };
}

function findCueFault(
  line: string,
  previous: { startMs: number; endMs: number },
  durationMs: number | null,
): CaptionsFaultKind | null {
  const cue = readTiming(line);
  if (!cue || cue.endMs <= cue.startMs) return 'timing';
  if (cue.startMs < previous.startMs) return 'order';
  if (cue.startMs < previous.endMs) return 'overlap';
  return durationMs !== null && cue.endMs > durationMs + CAPTIONS_END_SLACK_MS ? 'beyondEnd' : null;
}

/** Where the last cue of captions without fault ends. */
export function captionsEndMs(text: string): number {
  return text.split(/\r\n|\r|\n/).reduce((endMs, line) => readTiming(line)?.endMs ?? endMs, 0);
}
