import { listen } from './listen.ts';
import type { Stream, StreamOptions } from './stream.ts';

const RETRY_MS = 3_000;
/** Pictures that have not moved for so long although they should: some players stall at the end of a playlist that has grown meanwhile. */
const STALL_MS = 8_000;
/** About a minute of nothing but errors, although the line works. */
const MAX_FAILURES = 20;

/**
 * The chapter in a browser that plays HLS by itself: it reads the playlist of the viewing, which lists what is released and grows with the
 * credit, and fetches the keys with the person's cookie. A new viewing has a new playlist, so the element is loaded anew.
 */
export function attachNative({ video, listener }: Pick<StreamOptions, 'video' | 'listener'>): Stream {
  // The players that this is for know no `disableRemotePlayback`, and hand the stream to a television (WebKit).
  video.setAttribute('x-webkit-airplay', 'deny');
  let viewing: string | null = null;
  let startMs: number | null = null;
  let failures = 0;
  /** An element that fails pauses itself; it is to go on as the person left it. */
  let isWanted = false;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;

  const load = () => {
    clearTimeout(retryTimer);
    if (viewing === null || startMs === null) return;
    const seconds = video.currentTime || startMs / 1_000;
    const isPlaying = isWanted || !video.paused;
    video.src = `/media/native/${viewing}/master.m3u8`;
    // Before there is any data this says where to begin (HTML, default playback start position).
    video.currentTime = seconds;
    if (isPlaying) video.play().catch(() => undefined);
  };
  const failed = () => {
    failures += 1;
    if (failures > MAX_FAILURES) listener.failed();
    else retryTimer = setTimeout(load, RETRY_MS);
  };
  // A stall is told by nothing but the clock.
  let [lastSeconds, movedAt] = [0, performance.now()];
  const stallTimer = setInterval(() => {
    const isStill = isWanted && !video.ended && !video.error && video.currentTime === lastSeconds;
    if (!isStill) [lastSeconds, movedAt] = [video.currentTime, performance.now()];
    else if (performance.now() - movedAt > STALL_MS) {
      movedAt = performance.now();
      load();
    }
  }, 1_000);
  const stopListening = listen(video, {
    error: failed,
    progress: () => listener.loaded(),
    playing: () => {
      failures = 0;
      isWanted = true;
    },
    pause: () => {
      if (!video.error) isWanted = false;
    },
  });

  return {
    follow: (viewingId) => {
      if (viewing === viewingId) return;
      viewing = viewingId;
      load();
    },
    start: (positionMs) => {
      startMs = positionMs;
      load();
    },
    restart: () => {
      if (video.error || video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA) load();
    },
    destroy: () => {
      clearTimeout(retryTimer);
      clearInterval(stallTimer);
      stopListening();
      video.removeAttribute('src');
      video.load();
    },
  };
}
