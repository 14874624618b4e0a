/** What is wrong with a line of a WebVTT file, so that it cannot be shown as it is meant. */
export type CaptionsFaultKind =
  'header' | 'encoding' | 'shiftJis' | 'utf16' | 'timing' | 'order' | 'overlap' | 'beyondEnd' | 'noCues';

export interface CaptionsFault {
  readonly kind: CaptionsFaultKind;
  /** Counted from 1, as editors do. */
  readonly line: number;
}

export interface Cue {
  /** Of its timing, counted from 1. */
  readonly line: number;
  readonly startMs: number;
  readonly endMs: number;
  /** What is read, line by line, without the signs of WebVTT. */
  readonly lines: readonly string[];
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
 * The cues of a WebVTT file (W3C WebVTT §4) in the order of its lines, and its faults; without any it can be shown. Beyond the format: cues stand in
 * order, do not overlap, there is at least one, and none ends after the video, whose length is `durationMs` (null: not known yet). A cue with a
 * fault in its timing is left out.
 */
export function readCaptions(
  text: string,
  durationMs: number | null = null,
): { readonly cues: readonly Cue[]; readonly faults: readonly CaptionsFault[] } {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const only = (kind: CaptionsFaultKind, index: number) => ({
    cues: [],
    faults: [{ kind, line: index + 1 }],
  });
  const unreadable = lines.findIndex((line) => UNREADABLE.some((sign) => line.includes(sign)));
  if (unreadable !== -1) return only('encoding', unreadable);
  if (!HEADER.test(lines[0] ?? '')) return only('header', 0);
  const headerEnd = lines.includes('') ? lines.indexOf('') : lines.length;
  const inHeader = lines.slice(0, headerEnd).findIndex((line) => line.includes('-->'));
  if (inHeader !== -1) return only('header', inHeader);

  const cues: (Cue & { lines: string[] })[] = [];
  const faults: CaptionsFault[] = [];
  let startsBlock = true;
  let cue: { lines: string[] } | null = null;
  let previous = { startMs: 0, endMs: 0 };
  for (const [index, line] of lines.entries()) {
    if (index < headerEnd) continue;
    const isFirst = startsBlock;
    startsBlock = line === '';
    if (line === '') {
      cue = null;
    } else if (line.includes('-->')) {
      const timing = readTiming(line);
      const fault = findTimingFault(timing, previous, durationMs);
      if (fault !== null) faults.push({ kind: fault, line: index + 1 });
      cue = { lines: [] };
      if (timing === null) continue;
      const read = { line: index + 1, ...timing, lines: cue.lines };
      cues.push(read);
      previous = timing;
    } else if (!isFirst) {
      cue?.lines.push(line.replaceAll(/<[^>]*>/g, ''));
    } else if (!BLOCK_WITHOUT_CUE.test(line) && !lines[index + 1]?.includes('-->')) {
      // A block is a note, a style, or the name of a cue whose timing is in the next line.
      faults.push({ kind: 'timing', line: index + 1 });
    }
  }
  if (cues.length === 0 && faults.length === 0) faults.push({ kind: 'noCues', line: lines.length });
  return { cues, faults };
}

/** The first fault of a WebVTT file, or null when it can be shown. */
export function findCaptionsFault(text: string, durationMs: number | null = null): CaptionsFault | null {
  return readCaptions(text, durationMs).faults[0] ?? null;
}

function readTiming(line: string): { startMs: number; endMs: number } | null {
  const [, start, end] = TIMING.exec(line) ?? [];
  return start === undefined || end === undefined ? null : { startMs: toMs(start), endMs: toMs(end) };
}

function findTimingFault(
  cue: { startMs: number; endMs: number } | null,
  previous: { startMs: number; endMs: number },
  durationMs: number | null,
): CaptionsFaultKind | null {
  if (!cue || cue.endMs <= cue.startMs) return 'timing';
  if (cue.startMs < previous.startMs) return 'order';
  if (cue.startMs < previous.endMs) return 'overlap';
  return durationMs !== null && cue.endMs > durationMs + CAPTIONS_END_SLACK_MS ? 'beyondEnd' : null;
}

/** Where the last cue of captions without fault ends. */
export function captionsEndMs(text: string): number {
  return text.split(/\r\n|\r|\n/).reduce((endMs, line) => readTiming(line)?.endMs ?? endMs, 0);
}
