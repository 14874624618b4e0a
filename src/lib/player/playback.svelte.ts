import { END_MS, type PlaybackOptions as Options } from './playback-options.ts';
import { KeyRing } from './key-ring.ts';
import { afterRealTime } from './line.ts';
import { listen } from './listen.ts';
import { Presence } from './presence.svelte.ts';
import { PlaybackView } from './playback-view.svelte.ts';
import { Remarks } from './remarks.svelte.ts';
import { ViewingReporter } from './reporter.ts';
import { guardAgainstSkipping } from './skip-guard.ts';
import { Standstill } from './standstill.ts';
import { attachStream } from './stream.ts';
import { WakeLock } from './wake-lock.ts';

/** One chapter being watched: joins the video element, the stream, the guard and the reporter, and says how things are. */
export class Playback extends PlaybackView {
  readonly remarks = new Remarks();
  readonly presence: Presence;
  readonly #options: Options;
  readonly #reporter: ViewingReporter;
  readonly #keys = new KeyRing();
  readonly #wakeLock = new WakeLock();
  readonly #standstill: Standstill;
  #video: HTMLVideoElement | null = null;
  #startMs: number | null = null;
  #isPressed = false;
  /** The person knows why the lecture goes back: it is not the line. */
  #isMissTold = false;

  constructor(options: Options) {
    super(options.chapter);
    this.#options = options;
    this.presence = new Presence({
      line: options.line,
      asked: () => this.#video?.pause(),
      passed: () => this.#play(),
      answered: () => this.#reporter.lineChanged(true),
      declined: (code, creditedMs) => this.#reporter.decline(code, creditedMs),
      forgotten: () => this.start(),
    });
    this.#standstill = new Standstill({
      after: afterRealTime,
      durationMs: this.durationMs,
      video: () => this.#video,
      ended: () => this.#ended(),
      stuck: () => this.stream?.restart(),
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
    this.#isMissTold = this.refusalCode === 'presence_missed';
    // Within the press, so that browsers which ask for one let the sound begin; there is nothing to play before the keys.
    if (this.#startMs === null) this.#play();
    this.#reporter.open();
  }

  /** Begins with the element: guard first, then the stream. Returns how to end it all. */
  attach(video: HTMLVideoElement): () => void {
    this.#video = video;
    const stopListening = [
      guardAgainstSkipping(video, {
        limits: () => this.#options.limits ?? this.#reporter.status,
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
        pageshow: () => this.#returned(),
      }),
    ];
    this.stream = attachStream({
      video,
      chapter: this.#options.chapter,
      keys: this.#keys,
      listener: {
        // What was told to play before is not what plays now.
        attached: () => this.#startMs !== null && this.#play(),
        loaded: () => this.line.isLineBroken && this.#reporter.lineChanged(true),
        failed: () => this.media !== 'ended' && (this.media = 'failed'),
        unsupported: () => (this.media = 'unsupported'),
      },
    });
    return () => {
      this.#leave();
      this.#reporter.close();
      for (const stop of stopListening) stop();
      this.remarks.clear();
      this.#standstill.stop();
      this.#wakeLock.release();
      this.stream?.destroy();
      this.stream = this.#video = null;
    };
  }

  get #positionMs(): number {
    return (this.#video?.currentTime ?? 0) * 1_000;
  }

  #play(): void {
    // After its end an element would begin anew. A browser that wants another press leaves the video paused, with the button in sight.
    if (!this.#video?.ended) this.#video?.play().catch(() => undefined);
  }

  #place(positionMs: number, lostMs: number): void {
    if (lostMs > 0 && !this.#isMissTold) this.remarks.say({ kind: 'playAgain', lostMs, fromMs: positionMs });
    this.#isMissTold = false;
    if (this.#startMs === null) {
      this.#startMs = positionMs;
      this.stream?.start(positionMs);
      return this.#play();
    }
    if (this.#video) this.#video.currentTime = positionMs / 1_000;
    if (this.media !== 'ended') return;
    if (!document.hidden) return this.#play();
    this.remarks.say({ kind: 'pausedHidden' });
    this.#paused();
  }

  /** However it was pressed: button, key, headphones. Without a viewing nothing is played. */
  #pressedPlay(): void {
    const { phase } = this.line;
    if (phase === 'closed') this.start();
    else if (this.presence.asked || phase === 'superseded' || phase === 'refused' || phase === 'watched')
      this.#video?.pause();
  }

  #playing(): void {
    this.media = 'playing';
    this.remarks.clear('pausedHidden');
    this.#reporter.play(this.#positionMs);
    void this.#wakeLock.hold();
  }

  #moved(): void {
    // A position that was assigned shows here before `seeking` is told; nobody has played up to it.
    if (this.#video?.seeking) return;
    this.#reporter.advance(this.#positionMs);
    this.furthestMs = this.#reporter.status.furthestMs;
    if (this.#video?.paused === false) this.#standstill.movingAt(this.#positionMs);
  }

  #paused(): void {
    if (this.#video?.ended) return;
    if (this.#video?.error) return this.#waiting(); // it has paused itself; nobody asked for that
    this.#moved();
    this.media = 'paused';
    this.#standstill.rest();
    this.#wakeLock.release();
    this.#reporter.rest(document.hidden ? 'hidden' : 'paused');
  }

  #waiting(): void {
    this.#moved();
    if (this.#positionMs >= this.durationMs - END_MS) return this.#ended();
    this.media = 'waiting';
    this.#standstill.starving();
    this.#reporter.rest('waiting');
  }

  #seeked(): void {
    if (!this.#video || this.#video.ended) return;
    if (!this.#video.paused) {
      if (this.#video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA) this.#playing();
    } else if (this.media === 'ended') this.#paused();
  }

  #ended(): void {
    this.media = 'ended';
    this.#standstill.rest();
    this.#wakeLock.release();
    this.#reporter.end(this.#positionMs);
    this.furthestMs = this.#reporter.status.furthestMs;
  }

  /** Hidden is paused; a window that only lost the focus is not: screen readers and input methods do that. */
  #visibilityChanged(): void {
    if (this.media === 'ended' || this.line.phase === 'closed') return;
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

  /** Shown again out of the browser's memory: what was said last is no longer how things are. */
  #returned(): void {
    if (this.media === 'ended') this.#ended();
    else if (this.media === 'playing' && this.#video?.paused === false) this.#playing();
  }

  #seekHeld(): void {
    this.remarks.say({ kind: 'seekHeld' });
    this.#standstill.held();
  }

  #lineChanged(): void {
    const before = this.line;
    const now = this.#reporter.status;
    this.line = now;
    this.furthestMs = now.furthestMs;
    if (now.viewingId !== null && now.viewingId !== before.viewingId) this.stream?.follow(now.viewingId);
    if (before.isLineBroken && !now.isLineBroken) this.stream?.restart();
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
