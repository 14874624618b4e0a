import type { LectureChapter } from './chapter.ts';
import type { KeyRing } from './key-ring.ts';

export interface StreamListener {
  /** It is in the video element, which can be told to play. */
  attached(): void;
  /** A piece of the lecture arrived: the line works. */
  loaded(): void;
  /** The stream cannot be played here and trying again will not help. */
  failed(): void;
  /** This browser can play no such stream. */
  unsupported(): void;
}

/** What the stream has cost, and would cost. */
export interface Traffic {
  readonly usedBytes: number;
  /** The renditions, lowest first; the first one puts the sound first. */
  readonly rungs: readonly { readonly lines: number; readonly bitsPerSecond: number }[];
  readonly isSaving: boolean;
}

/** The stream of one chapter in a video element. Loads nothing encrypted before `start`. */
export interface Stream {
  /** The viewing in which it is played from now on. */
  follow(viewingId: string): void;
  start(positionMs: number): void;
  /** Begins loading anew where the playhead is; for a playhead that stands still, or a line that was away. Does not interrupt play. */
  restart(): void;
  /** Null where the browser plays by itself and says nothing. */
  traffic?(): Traffic | null;
  /** From now on the rendition for bad lines alone, or whatever the line bears. */
  saveData?(isSaving: boolean): void;
  destroy(): void;
}

export interface StreamOptions {
  readonly video: HTMLVideoElement;
  readonly chapter: LectureChapter;
  readonly keys: KeyRing;
  readonly listener: StreamListener;
}

const HLS_TYPE = 'application/vnd.apple.mpegurl';

/**
 * hls.js, to which heartbeats hand the keys, wherever there are Media Source Extensions in either form; otherwise the browser's own player
 * (an iPhone before iOS 17.1), which fetches the keys of its viewing. Null where there is neither.
 */
async function open(options: StreamOptions): Promise<Stream | null> {
  if ('MediaSource' in globalThis || 'ManagedMediaSource' in globalThis) {
    const { attachHls } = await import('./hls.ts');
    const stream = await attachHls(options);
    if (stream) return stream;
  }
  if (options.video.canPlayType(HLS_TYPE) === '') return null;
  const { attachNative } = await import('./native-stream.ts');
  return attachNative(options);
}

/** Attaches the chapter to the video element. May be asked for everything at once, and does it when its player has been loaded. */
export function attachStream(options: StreamOptions): Stream {
  const { listener } = options;
  let stream: Stream | null = null;
  let viewing: string | null = null;
  let startMs: number | null = null;
  let isGone = false;
  open(options).then(
    (opened) => {
      if (isGone) return opened?.destroy();
      if (!opened) return listener.unsupported();
      stream = opened;
      if (viewing !== null) stream.follow(viewing);
      if (startMs !== null) stream.start(startMs);
      listener.attached();
    },
    () => listener.failed(),
  );
  return {
    follow: (viewingId) => {
      viewing = viewingId;
      stream?.follow(viewingId);
    },
    start: (positionMs) => {
      startMs = positionMs;
      stream?.start(positionMs);
    },
    restart: () => stream?.restart(),
    traffic: () => stream?.traffic?.() ?? null,
    saveData: (isSaving) => stream?.saveData?.(isSaving),
    destroy: () => {
      isGone = true;
      stream?.destroy();
    },
  };
}
