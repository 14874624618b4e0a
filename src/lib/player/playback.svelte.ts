import type { RefusalCode } from '#lib/domain/refusal.ts';
import { END_MS, STUCK_MS, type PlaybackOptions as Options } from './playback-options.ts';
import { KeyRing } from './key-ring.ts';
import { afterRealTime, type LineStatus } from './line.ts';
import { listen } from './listen.ts';
import { Presence } from './presence.svelte.ts';
import { CLOSED_LINE, findPlaybackStatus, type MediaState } from './playback-status.ts';
import { Remarks } from './remarks.svelte.ts';
import { ViewingReporter } from './reporter.ts';
import { guardAgainstSkipping } from './skip-guard.ts';
import { attachStream, type Stream } from './stream.ts';
import { WakeLock } from './wake-lock.ts';

/** One chapter being watched: joins the video element, the stream, the guard and the reporter, and says how things are. */
export class Playback {
  readonly durationMs: number;
  readonly remarks = new Remarks();
  readonly presence: Presence;
  readonly #options: Options;
  readonly #reporter: ViewingReporter;
  readonly #keys = new KeyRing();
  readonly #wakeLock = new WakeLock();
  #video: HTMLVideoElement | null = null;
  #stream: Stream | null = null;
  #startMs: number | null = null;
  #isPressed = false;
  readonly #knownMs: number;
  #cancelStuck: () => void = () => undefined;

  #line = $state.raw<LineStatus>(CLOSED_LINE);
  #media = $state<MediaState>('empty');
  #furthestMs = $state(0);

  readonly status = $derived(findPlaybackStatus(this.#line, this.#media));
  readonly creditedMs = $derived.by(() => (this.#line.viewingId ? this.#line.creditedMs : this.#knownMs));
  /** Until the last picture, from the furthest one that was seen. */
  readonly remainingMs = $derived.by(() =>
    Math.max(0, this.durationMs - Math.max(this.creditedMs, this.#furthestMs)),
  );
  readonly refusalCode: RefusalCode | null = $derived(this.#line.refusalCode);

  constructor(options: Options) {
    this.#options = options;
    this.durationMs = options.chapter.durationMs;
    this.#knownMs = options.chapter.creditedMs ?? 0;
    this.presence = new Presence({
      line: options.line,
      asked: () => this.#video?.pause(),
      passed: () => this.#play(),
      answered: () => this.#reporter.lineChanged(true),
    });
    this.#reporter = new ViewingReporter({
      line: options.line,
      keys: this.#keys,
      after: afterRealTime,
      playheadMs: () => this.#positionMs,
      listener: {
        changed: () => this.#lineChanged(),
        place: (positionMs, lostMs) => this.#place(positionMs, lostMs),
        watched: () => this.#finish(),
        presence: (asked) => this.presence.hear(asked),
      },
    });
  }

  /** The person's press: the first one, or 「この端末で続ける」. */
  start(): void {
    this.remarks.clear();
    this.#isPressed = true;
    // Within the press, so that browsers which ask for one let the sound begin; there is nothing to play before the keys.
    if (this.#startMs === null) this.#play();
    this.#reporter.open();
  }

  /** Begins with the element: guard first, then the stream. Returns how to end it all. */
  attach(video: HTMLVideoElement): () => void {
    this.#video = video;
    const stopListening = [
      guardAgainstSkipping(video, {
        limits: () => this.#reporter.status,
        seekHeld: () => this.#seekHeld(),
        rateHeld: () => this.remarks.say({ kind: 'rateHeld' }),
      }),
      listen(video, {
        play: () => this.#pressedPlay(),
        playing: () => this.#playing(),
        timeupdate: () => this.#moved(),
        pause: () => this.#paused(),
        waiting: () => this.#waiting(),
        seeking: () => this.#reporter.seek(),
        seeked: () => this.#seeked(),
        ended: () => this.#ended(),
      }),
      listen(document, { visibilitychange: () => this.#visibilityChanged() }),
      listen(window, {
        online: () => this.#reporter.lineChanged(true),
        offline: () => this.#reporter.lineChanged(false),
        pagehide: () => this.#leave(),
      }),
    ];
    this.#stream = attachStream({
      video,
      chapter: this.#options.chapter,
      keys: this.#keys,
      listener: {
        // What was told to play before is not what plays now.
        attached: () => this.#startMs !== null && this.#play(),
        loaded: () => this.#loaded(),
        failed: () => (this.#media = 'failed'),
        unsupported: () => (this.#media = 'unsupported'),
      },
    });
    return () => {
      this.#leave();
      this.#reporter.close();
      for (const stop of stopListening) stop();
      this.remarks.clear();
      this.#cancelStuck();
      this.#wakeLock.release();
      this.#stream?.destroy();
      this.#stream = this.#video = null;
    };
  }

  get #positionMs(): number {
    return (this.#video?.currentTime ?? 0) * 1_000;
  }

  #play(): void {
    // A browser that wants another press says so by leaving the video paused, with the play button in sight.
    this.#video?.play().catch(() => undefined);
  }

  #begin(positionMs: number): void {
    this.#stream?.start(positionMs);
    this.#play();
  }

  #place(positionMs: number, lostMs: number): void {
    if (lostMs > 0) this.remarks.say({ kind: 'playAgain', lostMs, fromMs: positionMs });
    const isFirst = this.#startMs === null;
    this.#startMs ??= positionMs;
    if (isFirst) return this.#begin(positionMs);
    if (this.#video) this.#video.currentTime = positionMs / 1_000;
    if (this.#media === 'ended') this.#play();
  }

  /** However it was pressed: button, key, headphones. Without a viewing nothing is played. */
  #pressedPlay(): void {
    const { phase } = this.#line;
    if (phase === 'closed') this.start();
    else if (this.presence.asked || phase === 'superseded' || phase === 'refused' || phase === 'watched')
      this.#video?.pause();
  }

  #playing(): void {
    this.#media = 'playing';
    this.remarks.clear('pausedHidden');
    this.#reporter.play(this.#positionMs);
    void this.#wakeLock.hold();
  }

  #moved(): void {
    // A position that was assigned shows here before `seeking` is told; nobody has played up to it.
    if (this.#video?.seeking) return;
    this.#reporter.advance(this.#positionMs);
    this.#furthestMs = this.#reporter.status.furthestMs;
  }

  #paused(): void {
    if (this.#video?.ended) return;
    if (this.#video?.error) return this.#waiting(); // it has paused itself; nobody asked for that
    this.#moved();
    this.#media = 'paused';
    this.#wakeLock.release();
    this.#reporter.rest(document.hidden ? 'hidden' : 'paused');
  }

  #waiting(): void {
    this.#moved();
    if (this.#positionMs >= this.durationMs - END_MS) return this.#ended();
    this.#media = 'waiting';
    this.#reporter.rest('waiting');
  }

  #seeked(): void {
    if (!this.#video || this.#video.ended) return;
    if (!this.#video.paused) {
      if (this.#video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA) this.#playing();
    } else if (this.#media === 'ended') this.#paused();
  }

  #ended(): void {
    this.#media = 'ended';
    this.#wakeLock.release();
    this.#reporter.end(this.#positionMs);
    this.#furthestMs = this.#reporter.status.furthestMs;
  }

  /** Hidden is paused; a window that only lost the focus is not: screen readers and input methods do that. */
  #visibilityChanged(): void {
    if (this.#media === 'ended' || this.#line.phase === 'closed') return;
    if (document.hidden) {
      if (this.#video && !this.#video.paused) this.remarks.say({ kind: 'pausedHidden' });
      this.#video?.pause();
      this.#moved();
      this.#reporter.rest('hidden');
    } else if (this.#video?.paused) this.#reporter.rest('paused');
  }

  #leave(): void {
    this.#moved();
    this.#reporter.leave();
  }

  #loaded(): void {
    if (this.#line.isLineBroken) this.#reporter.lineChanged(true);
  }

  #seekHeld(): void {
    this.remarks.say({ kind: 'seekHeld' });
    this.#cancelStuck();
    this.#cancelStuck = afterRealTime(STUCK_MS, () => {
      const video = this.#video;
      if (video && (video.seeking || video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA))
        this.#stream?.restart();
    });
  }

  #lineChanged(): void {
    const before = this.#line;
    const now = this.#reporter.status;
    this.#line = now;
    if (now.viewingId !== null && now.viewingId !== before.viewingId) this.#stream?.follow(now.viewingId);
    if (before.isLineBroken && !now.isLineBroken) this.#stream?.restart();
    const hasStopped = now.phase === 'superseded' || now.phase === 'refused';
    if (hasStopped) this.presence.hear(null);
    if (hasStopped && before.phase !== now.phase) this.#video?.pause();
    if (before.phase !== 'opening' || now.phase !== 'open') return;
    // Opened again by a press on this device. One that was opened by itself goes on as the person left it.
    if (this.#isPressed && this.#startMs !== null) this.#play();
    this.#isPressed = false;
  }

  #finish(): void {
    this.#video?.pause();
    this.#wakeLock.release();
    this.#options.onWatched();
  }
}
