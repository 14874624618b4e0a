import type { RefusalCode } from '../refusal.ts';
import { isCutOff, type Source } from './inspection.ts';

/** What the packets of one stream say, in their order in the file; milliseconds. */
export interface TrackTimes {
  readonly packets: number;
  readonly firstMs: number;
  /** Where the packet that reaches furthest ends. */
  readonly endMs: number;
  /** How far decoding times run back in all. They have to grow (ISO/IEC 14496-12 §8.6.1.2, ISO/IEC 13818-1 §2.4.3.7). */
  readonly backwardsMs: number;
  /** The longest way from one packet to the next. */
  readonly longestStepMs: number;
}

/** The whole file, measured. */
export interface Timeline {
  readonly picture: TrackTimes;
  readonly sound: TrackTimes;
  readonly isEncrypted: boolean;
}

/** Reorderings of a careless muxer that ffmpeg sets right, and nobody hears. */
const BACKWARDS_SLACK_MS = 500;
/** A recorder that was paused leaves a hole, and a picture may stand on. For longer than this it is an error of the clock. */
const MAX_STEP_MS = 10 * 60_000;
/** From here on ffmpeg takes a jump in a transport stream for a new beginning and joins both sides (`-dts_delta_threshold`). */
const JOINED_JUMP_MS = 10_000;

/** Streams for broadcasting and for discs; elsewhere one index counts for the whole file. */
const JOINABLE_CONTAINERS: readonly string[] = ['mpegts', 'mpeg'];

const lengthOf = ({ picture, sound }: Timeline) =>
  Math.max(picture.endMs, sound.endMs) - Math.min(picture.firstMs, sound.firstMs);

const jumps = ({ picture, sound }: Timeline) =>
  Math.max(picture.backwardsMs, sound.backwardsMs) > BACKWARDS_SLACK_MS ||
  sound.longestStepMs > JOINED_JUMP_MS;

/** Recordings that were laid one behind the other begin anew inside; in a transport stream that is allowed and can be joined. */
const isJoined = (source: Source, timeline: Timeline) =>
  JOINABLE_CONTAINERS.includes(source.container) && jumps(timeline);

/**
 * Why the times of a file cannot become one line on which picture and sound stay together, or null. Pictures that come at an
 * uneven pace, begin late or end early are no reason: they are held until the next one.
 */
export function findTimelineFault(source: Source, timeline: Timeline): RefusalCode | null {
  const { picture, sound } = timeline;
  if (timeline.isEncrypted) return 'video_encrypted';
  if (picture.packets === 0 || sound.packets === 0) return 'video_damaged';
  if (isJoined(source, timeline)) return null;
  if (Math.max(picture.backwardsMs, sound.backwardsMs) > BACKWARDS_SLACK_MS) return 'video_times_broken';
  if (sound.longestStepMs > MAX_STEP_MS) return 'video_times_broken';
  if (Math.abs(picture.endMs - sound.endMs) > MAX_STEP_MS) return 'video_times_broken';
  // Where the times begin late, some containers count the length from 0.
  return isCutOff(source, Math.max(lengthOf(timeline), picture.endMs, sound.endMs)) ? 'video_damaged' : null;
}

/**
 * The source with the lengths that were measured where the file does not say them or says something else; without any where parts
 * will be joined and only the result can tell.
 */
export function measuredSource<S extends Source>(source: S, timeline: Timeline): S {
  if (isJoined(source, timeline))
    return {
      ...source,
      durationMs: null,
      picture: source.picture && { ...source.picture, durationMs: null },
    };
  const measuredMs = Math.round(lengthOf(timeline));
  const begunMs = Math.min(timeline.picture.firstMs, timeline.sound.firstMs);
  const pictureMs = Math.round(timeline.picture.endMs - begunMs);
  const measured = { ...source, durationMs: measuredMs };
  const isBelieved =
    source.durationMs !== null && !isCutOff(measured, source.durationMs) && !isCutOff(source, measuredMs);
  if (isBelieved) return source;
  return { ...measured, picture: source.picture && { ...source.picture, durationMs: pictureMs } };
}
