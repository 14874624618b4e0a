import type { VideoState } from '#lib/domain/videos/video-states.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

const STATES: Record<VideoState, () => string> = {
  waiting: m.admin_video_waiting,
  inspecting: m.admin_video_inspecting,
  transcoding: m.admin_video_transcoding,
  packaging: m.admin_video_packaging,
  ready: m.admin_video_ready,
  refused: m.admin_video_refused,
  failed: m.admin_video_failed,
  cancelled: m.admin_video_cancelled,
};

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
const STEP = 1_000;

export const videoStateWords = (state: VideoState): string => STATES[state]();

/** 12 MB, as file managers say it. */
export function fileSize(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(STEP)));
  return new Intl.NumberFormat(getLocale(), {
    style: 'unit',
    unit: UNITS[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power > 1 ? 1 : 0,
  }).format(bytes / STEP ** power);
}

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;

/** 残り約3分: rounded up, as nobody minds being early. */
export function remainingWords(remainingMs: number): string {
  const all = Math.ceil(remainingMs / MINUTE_MS);
  if (all <= 1) return m.admin_video_remaining_minute();
  const [hours, minutes] = [Math.floor(all / HOUR_MINUTES), all % HOUR_MINUTES];
  return hours === 0
    ? m.admin_video_remaining_minutes({ minutes })
    : m.admin_video_remaining_hours({ hours, minutes });
}
