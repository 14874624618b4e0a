import type { CaptionsFaultKind } from '#lib/domain/lectures/captions.ts';
import { m } from '#lib/paraglide/messages.js';

const KINDS: Record<CaptionsFaultKind, (inputs: { line: number }) => string> = {
  header: m.admin_captions_fault_header,
  encoding: m.admin_captions_fault_encoding,
  timing: m.admin_captions_fault_timing,
  order: m.admin_captions_fault_order,
  overlap: m.admin_captions_fault_overlap,
  beyondEnd: m.admin_captions_fault_beyond_end,
  noCues: m.admin_captions_fault_no_cues,
};

export const captionsFaultWords = ({ kind, line }: { kind: CaptionsFaultKind; line: number }): string =>
  KINDS[kind]({ line });
