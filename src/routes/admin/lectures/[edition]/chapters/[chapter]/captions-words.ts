import type { CaptionsFaultKind } from '#lib/domain/lectures/captions.ts';
import type { CaptionsWarning, CaptionsWarningKind } from '#lib/domain/lectures/captions-reading.ts';
import { m } from '#lib/paraglide/messages.js';
import { minutesAndSeconds } from '#lib/player/words.ts';

const FAULTS: Record<CaptionsFaultKind, (inputs: { line: number }) => string> = {
  header: m.admin_captions_fault_header,
  encoding: m.admin_captions_fault_encoding,
  shiftJis: () => m.admin_captions_fault_shift_jis(),
  utf16: () => m.admin_captions_fault_utf16(),
  timing: m.admin_captions_fault_timing,
  order: m.admin_captions_fault_order,
  overlap: m.admin_captions_fault_overlap,
  beyondEnd: m.admin_captions_fault_beyond_end,
  noCues: m.admin_captions_fault_no_cues,
};

const WARNINGS: Record<CaptionsWarningKind, (inputs: { actual: number; advised: number }) => string> = {
  empty: () => m.admin_captions_warning_empty(),
  tooFast: m.admin_captions_warning_too_fast,
  tooLong: m.admin_captions_warning_too_long,
  tooManyLines: m.admin_captions_warning_too_many_lines,
};

export const captionsFaultWords = ({ kind, line }: { kind: CaptionsFaultKind; line: number }): string =>
  FAULTS[kind]({ line });

/** Where a caption begins, as players write it. */
export function captionTime(ms: number): string {
  const { minutes, seconds } = minutesAndSeconds(ms);
  return `${minutes}:${String(seconds).padStart(2, '0')}`;
}

export const captionsWarningWords = ({ kind, line, startMs, actual, advised }: CaptionsWarning): string =>
  m.admin_captions_warning_at({
    line,
    time: captionTime(startMs),
    what: WARNINGS[kind]({ actual, advised }),
  });
