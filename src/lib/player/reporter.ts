import type { Heartbeat, HeartbeatReply, OpenedViewing, PlayState } from '#lib/domain/attendance/protocol.ts';
import type { RefusalCode } from '#lib/domain/refusal.ts';
import { BeatQueue } from './beat-queue.ts';
import { BeatTimer } from './beat-timer.ts';
import type { Declined, LinePhase, LineStatus, ReporterOptions } from './line.ts';
import { hear, isReopened } from './line.ts';
import { backoffMs, LINE_TIMES, PatientLine } from './patient-line.ts';
import { RemedyFinder } from './remedy.ts';
import { findResumePoint } from './resume-point.ts';
import { RunTracker } from './run-tracker.ts';

/**
 * Reports a viewing: one heartbeat in flight, said again in the same words until it is answered; every interval, and at
 * once when play stops, seeks, ends or the page goes away. A lapsed viewing is opened again by itself as long as somebody
 * is watching; one that another device took over waits for the person.
 */
export class ViewingReporter {
  readonly #options: ReporterOptions;
  readonly #patient: PatientLine;

  #phase: LinePhase = 'closed';
  #refusalCode: RefusalCode | null = null;
  #creditedMs = 0;
  #state: PlayState = 'waiting';

  #opened: OpenedViewing | null = null;
  #queue: BeatQueue | null = null;
  #tracker: RunTracker | null = null;
  #reopenings = 0;
  #isHeld = false;
  #remedies = new RemedyFinder();
  readonly #timer: BeatTimer;

  constructor(options: ReporterOptions) {
    this.#options = options;
    this.#timer = new BeatTimer(options.after);
    this.#patient = new PatientLine(options.after, () => options.listener.changed());
  }

  get status(): LineStatus {
    return {
      phase: this.#phase,
      viewingId: this.#opened?.viewingId ?? null,
      refusalCode: this.#refusalCode,
      isLineBroken: this.#patient.isBroken,
      creditedMs: this.#creditedMs,
      furthestMs: this.#tracker?.furthestMs ?? 0,
    };
  }

  /** Opens a viewing here; whatever was open elsewhere is superseded. Asked again until the server answers. */
  open(): void {
    this.#timer.stop();
    this.#enter('opening');
    this.#patient.ask({
      ask: () => hear(() => this.#options.line.open(), this.#creditedMs),
      timeoutMs: LINE_TIMES.openTimeoutMs,
      isLatestOnly: true,
      onAnswer: (answer) => ('outcome' in answer ? this.#refuse(answer.code) : this.#adopt(answer)),
    });
  }

  /** Pictures move from `positionMs` on. */
  play(positionMs: number): void {
    if (this.#phase === 'open') this.#tracker?.begin(positionMs);
    this.#say('playing');
    if (this.#phase === 'dormant') this.open();
  }

  advance(positionMs: number): void {
    this.#tracker?.advance(positionMs);
  }

  /** Play has stopped. The run ends at the last position that `advance` told. */
  rest(state: Exclude<PlayState, 'playing' | 'ended'>): void {
    this.#say(state);
  }

  /** The playhead jumps: what was played until now is one run. */
  seek(): void {
    if (this.#tracker) this.#queue?.add(this.#tracker.end(), this.#state);
    this.#sendNews();
  }

  /** The last picture was shown. The container's end may lie a few frames before the edition's. */
  end(positionMs: number): void {
    this.advance(positionMs);
    const { durationMs, contiguityMs } = this.#opened ?? { durationMs: 0, contiguityMs: 0 };
    if (positionMs >= durationMs - contiguityMs) this.advance(durationMs);
    this.#say('ended');
  }

  /** The page is going away, perhaps for good: says the last thing without waiting for what is in flight. */
  leave(): void {
    this.#state = 'hidden';
    const [queue, tracker] = [this.#queue, this.#tracker];
    if (this.#phase !== 'open' || !queue || !tracker) return;
    queue.add(tracker.end(), 'hidden');
    if (!queue.isPressing) return;
    const beat = queue.form(this.#options.keys.count);
    // Should the page come back, the heartbeat is still unanswered in the queue and is said again.
    void hear(() => this.#options.line.report(beat), this.#creditedMs).then(
      (reply) => this.#answered(queue, beat, reply),
      () => undefined,
    );
  }

  /** What the browser says about the line: a reason to try at once, or to tell the person early. */
  lineChanged(isUp: boolean): void {
    if (this.#phase !== 'open' && this.#phase !== 'opening') return;
    if (!isUp) this.#patient.seemsBroken();
    else if (!this.#patient.retryNow() && this.#phase === 'open') this.#beat();
  }

  close(): void {
    this.leave();
    this.#stop();
    this.#queue = null;
    this.#phase = 'closed';
  }

  #adopt(opened: OpenedViewing): void {
    const before = this.#tracker && {
      playheadMs: this.#options.playheadMs(),
      furthestMs: this.#tracker.furthestMs,
    };
    const { positionMs, isMoved, lostMs } = findResumePoint(opened, before);
    this.#opened = opened;
    this.#creditedMs = opened.creditedMs;
    this.#remedies = new RemedyFinder();
    this.#options.keys.add(opened.grant);
    this.#options.listener.presence(opened.presence ?? null);
    this.#queue = new BeatQueue(opened.viewingId, positionMs, this.#state);
    this.#tracker ??= new RunTracker(positionMs, opened.durationMs);
    this.#tracker.restart(positionMs, Math.max(opened.creditedMs, positionMs));
    this.#enter('open');
    this.#startInterval();
    this.#goOn();
    if (isMoved) this.#options.listener.place(positionMs, lostMs);
    else if (this.#state === 'playing') this.#tracker.begin(positionMs);
  }

  #say(state: PlayState): void {
    this.#state = state;
    if (!this.#queue || !this.#tracker) return;
    this.#queue.add(state === 'playing' ? this.#tracker.cut() : this.#tracker.end(), state);
    this.#sendNews();
  }

  /** Speaks at once, unless an answer is awaited: then it goes with what follows. */
  #sendNews(): void {
    if (this.#queue?.isPressing && !this.#patient.isAsking) this.#beat();
  }

  /** Says the unanswered heartbeat again, or a new one, until it is answered. */
  #beat(): void {
    const [queue, tracker, { keys }] = [this.#queue, this.#tracker, this.#options];
    if (this.#phase !== 'open' || !queue || !tracker) return;
    this.#startInterval();
    const takeRun = () => tracker.isRunning && queue.add(tracker.cut(), this.#state);
    if (!queue.oldestUnanswered) takeRun();
    const beat = queue.oldestUnanswered ?? queue.form(keys.count);
    let said = beat;
    this.#patient.ask({
      ask: () => {
        takeRun();
        said = queue.sayAgain(beat, keys.count);
        return hear(() => this.#options.line.report(said), this.#creditedMs);
      },
      timeoutMs: LINE_TIMES.answerTimeoutMs,
      onAnswer: (reply) => this.#answered(queue, said, reply),
    });
  }

  #answered(queue: BeatQueue, beat: Heartbeat, reply: HeartbeatReply): void {
    if (queue !== this.#queue || this.#phase !== 'open' || !queue.settle(beat)) return;
    if (reply.outcome === 'refused') return this.#declined(reply);
    this.#creditedMs = Math.max(this.#creditedMs, reply.creditedMs);
    this.#reopenings = 0;
    this.#options.keys.add(reply.grant);
    if (reply.isChapterWatched) return this.#finish();
    this.#options.listener.changed();
    this.#options.listener.presence(reply.presence ?? null);
    this.#isHeld = beat.state === 'waiting' && reply.uncounted?.reason === 'beyond_released';
    const isConfirming = this.#state === 'ended' && beat.state === 'ended';
    const remedy = this.#remedies.read(beat, reply, isConfirming);
    if (remedy === 'playAgain') this.#goBack(queue);
    else if (remedy !== 'none') queue.giveBack(remedy.sayAgain);
    if (!this.#patient.isAsking) this.#goOn();
  }

  /** The server cannot count on from here: the playhead returns to what is credited, and the person is told. */
  #goBack(queue: BeatQueue): void {
    const lostMs = Math.max(0, Math.round(this.#options.playheadMs() - this.#creditedMs));
    queue.dropRuns(this.#creditedMs);
    this.#tracker?.restart(this.#creditedMs, this.#creditedMs);
    this.#options.listener.place(this.#creditedMs, lostMs);
  }

  #declined({ code, creditedMs }: Declined): void {
    this.#creditedMs = code === 'presence_missed' ? creditedMs : Math.max(this.#creditedMs, creditedMs);
    if (!isReopened(code)) return this.#refuse(code);
    this.#stop();
    const isWatching = this.#state !== 'paused' && this.#state !== 'hidden';
    // Nobody watches: opening now would take the lecture away from the device where the person perhaps is.
    if (!isWatching) return this.#enter('dormant');
    this.#reopenings += 1;
    if (this.#reopenings === 1) return this.open();
    this.#enter('opening');
    this.#timer.in(backoffMs(this.#reopenings - 1), () => this.open());
  }

  #refuse(code: RefusalCode): void {
    this.#stop();
    this.#refusalCode = code;
    this.#enter(code === 'viewing_superseded' ? 'superseded' : 'refused');
  }

  #finish(): void {
    this.#stop();
    this.#enter('watched');
    this.#options.listener.watched();
  }

  #startInterval(): void {
    this.#timer.restart(this.#opened?.heartbeatIntervalMs ?? 0, () => {
      if (!this.#patient.isAsking) this.#beat();
    });
  }

  /** Says what waits to be said; at the end it asks often. */
  #goOn(): void {
    if (this.#queue?.oldestUnanswered || this.#queue?.isPressing || this.#timer.isDue) this.#beat();
    else if (this.#state === 'ended' || this.#isHeld)
      this.#timer.in(LINE_TIMES.confirmIntervalMs, () => this.#beat());
  }

  #enter(phase: LinePhase): void {
    this.#phase = phase;
    this.#options.listener.changed();
  }

  #stop(): void {
    this.#timer.stop();
    this.#patient.drop();
  }
}
