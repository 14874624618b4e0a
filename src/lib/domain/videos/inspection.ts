import { LIMITS } from '../limits.ts';
import type { RefusalCode } from '../refusal.ts';
import type { FrameRate } from './ladder.ts';

/** The picture as it is shown: after rotation, with square pixels. */
export interface SourcePicture {
  /** The stream's place in the file. */
  readonly stream: number;
  /** As ffmpeg calls it: `h264`. */
  readonly codec: string;
  /** Whether we read this codec at all. */
  readonly isReadable: boolean;
  readonly width: number;
  readonly height: number;
  readonly frameRate: FrameRate;
  /** Null when the file does not say. The sound may be longer. */
  readonly durationMs: number | null;
  readonly isInterlaced: boolean;
  /** Brightness beyond what ordinary screens show (ITU-R BT.2100: PQ or HLG). */
  readonly isHdr: boolean;
}

/** The track that is heard: the one marked as default, else the first. */
export interface SourceSound {
  readonly stream: number;
  readonly codec: string;
  readonly isReadable: boolean;
  readonly channels: number;
  readonly sampleRateHz: number;
  /** How many other sounds the file has, which nobody will hear. */
  readonly otherCount: number;
}

/**
 * What is known of a source before any work. `durationMs` is that of the longer of picture and sound; null when the file does
 * not say (a browser's recording).
 */
export interface Source {
  /** ffmpeg's name of the container: `mov`, `matroska`, `mpegts`. */
  readonly container: string;
  readonly durationMs: number | null;
  readonly picture: SourcePicture | null;
  readonly sound: SourceSound | null;
  /** Whether it says of itself that it is encrypted (ISO/IEC 23001-7, FairPlay, WebM). */
  readonly isEncrypted: boolean;
}

export type UsableSource = Source & {
  readonly picture: SourcePicture;
  readonly sound: SourceSound;
};

// 8K DCI. A file that claims more is a trap for the decoder's memory.
const MAX_PICTURE_PIXELS = 8_192 * 4_320;
const MIN_PICTURE_SIDE_PX = 16;

/** Whether a video of this length may become a chapter; the code of the refusal when it may not. */
export function findLengthFault(durationMs: number): RefusalCode | null {
  if (durationMs < LIMITS.videoMinMs) return 'video_too_short';
  if (durationMs > LIMITS.videoMaxMs) return 'video_too_long';
  return null;
}

/** The first reason for which a source cannot become a lecture video, or null. */
export function findSourceFault(source: Source): RefusalCode | null {
  const { picture, sound, durationMs } = source;
  if (source.isEncrypted) return 'video_encrypted';
  if (!picture) return 'video_no_picture';
  if (picture.width * picture.height > MAX_PICTURE_PIXELS) return 'video_picture_too_large';
  if (Math.min(picture.width, picture.height) < MIN_PICTURE_SIDE_PX) return 'video_picture_too_small';
  if (!sound) return 'video_no_sound';
  if (!picture.isReadable || !sound.isReadable) return 'video_unsupported';
  return durationMs === null ? null : findLengthFault(durationMs);
}

// Containers round, and the last frame has a length of its own.
const SLACK_MS = 2_000;
const SLACK_SHARE = 0.01;

/** Whether less came out than the source said it had: then its end is missing or damaged. */
export function isCutOff(source: Source, packagedMs: number): boolean {
  return (
    source.durationMs !== null && packagedMs + SLACK_MS + source.durationMs * SLACK_SHARE < source.durationMs
  );
}
