import type { RefusalCode } from '#lib/domain/refusal.ts';
import { m } from '#lib/paraglide/messages.js';

type OfVideos = Exclude<
  Extract<RefusalCode, `video_${string}` | `upload_${string}` | 'transcoding_failed'>,
  // There is no video yet.
  'upload_no_space'
>;

/** Named one by one, so that the page does not load the words of the whole house. */
const WORDS: Readonly<Record<OfVideos, () => string>> = {
  upload_too_large: m.refusal_upload_too_large,
  upload_empty: m.refusal_upload_empty,
  upload_incomplete: m.refusal_upload_incomplete,
  video_unreadable: m.refusal_video_unreadable,
  video_no_picture: m.refusal_video_no_picture,
  video_no_sound: m.refusal_video_no_sound,
  video_too_short: m.refusal_video_too_short,
  video_too_long: m.refusal_video_too_long,
  video_encrypted: m.refusal_video_encrypted,
  video_damaged: m.refusal_video_damaged,
  video_unsupported: m.refusal_video_unsupported,
  video_picture_too_large: m.refusal_video_picture_too_large,
  video_picture_too_small: m.refusal_video_picture_too_small,
  video_times_broken: m.refusal_video_times_broken,
  video_sound_changes: m.refusal_video_sound_changes,
  video_too_costly: m.refusal_video_too_costly,
  video_not_ready: m.refusal_video_not_ready,
  video_not_moving: m.refusal_video_not_moving,
  transcoding_failed: m.refusal_transcoding_failed,
};

const isOfVideos = (code: RefusalCode): code is OfVideos => code in WORDS;

/** Why a video came to nothing; empty for a code that is about no video, which stands beside it anyway. */
export const videoRefusalWords = (code: RefusalCode): string => (isOfVideos(code) ? WORDS[code]() : '');
