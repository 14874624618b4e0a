import type { RefusalCode } from '../refusal.ts';

/** What player and server say to each other. Media times are whole milliseconds from the start of the chapter. */

export const PLAY_STATES = ['playing', 'paused', 'waiting', 'hidden', 'ended'] as const;
export type PlayState = (typeof PLAY_STATES)[number];

/** 視聴報告: one run of continuous play since the last one (`fromMs` = `toMs` when nothing played). */
export interface Heartbeat {
  readonly viewingId: string;
  /**
   * 1, 2, 3 … within the viewing; kept until it is answered. A repetition may say what was played meanwhile: the server takes
   * whichever of them arrives first and answers the others with what holds then.
   */
  readonly sequence: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly state: PlayState;
  /** How many keys the player already holds, counted from segment 0. */
  readonly keyCount: number;
}

/** The AES-128 keys of consecutive segments from `fromIndex`, each 16 bytes in base64. */
export interface KeyGrant {
  readonly fromIndex: number;
  readonly keys: readonly string[];
}

/** 視聴確認: the learner is asked whether he is there. Until he answers nothing more is counted. */
export interface PresenceAsked {
  readonly checkId: string;
  readonly answerWithinMs: number;
  /** More time may be asked for, once. */
  readonly canExtend: boolean;
}

export interface OpenedViewing {
  readonly viewingId: string;
  readonly chapterId: string;
  readonly durationMs: number;
  readonly creditedMs: number;
  readonly releasedMs: number;
  readonly grant: KeyGrant;
  readonly heartbeatIntervalMs: number;
  readonly leaseTtlMs: number;
  readonly contiguityMs: number;
  readonly presence?: PresenceAsked | null;
}

/** Why some of what was reported was not counted. */
export type UncountedReason = 'not_contiguous' | 'beyond_released';

export type HeartbeatReply =
  | {
      readonly outcome: 'credited';
      readonly sequence: number;
      readonly creditedMs: number;
      readonly releasedMs: number;
      readonly grant: KeyGrant;
      /** All of the chapter is credited: the question is next. */
      readonly isChapterWatched: boolean;
      readonly uncounted: { readonly reason: UncountedReason; readonly ms: number } | null;
      readonly presence?: PresenceAsked | null;
    }
  | { readonly outcome: 'refused'; readonly code: RefusalCode; readonly creditedMs: number };
