import type { Heartbeat, HeartbeatReply, OpenedViewing, PlayState } from '#lib/domain/attendance/protocol.ts';
import type { RefusalCode } from '#lib/domain/refusal.ts';
import { BeatTimer } from './beat-timer.ts';
import type { Declined, LinePhase, LineStatus, ReporterOptions } from './line.ts';
import { hear, isBehind, isReopened } from './line.ts';
import { Openings } from './openings.ts';
import { LINE_TIMES, PatientLine } from './patient-line.ts';
import { findResumePoint } from './resume-point.ts';
import { RunTracker } from './run-tracker.ts';
import { ViewingReport } from './viewing-report.ts';

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
  #report: ViewingReport | null = null;
  #tracker: RunTracker | null = null;
  #isHeld = false;
  readonly #openings: Openings;
  readonly #timer: BeatTimer;

  constructor(options: ReporterOptions) {
    this.#options = options;
    this.#openings = new Openings(() => options.line.open());
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
    // Pressed again while the answer is awaited: the same wish.
    if (this.#phase === 'opening' && this.#patient.retryNow()) return;
    this.#enter('opening');
    const ask = this.#openings.begin();
    this.#patient.ask({
      ask: () => hear(ask, this.#creditedMs),
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
    this.#report?.jump();
    this.#sendNews();
  }

  /** The last picture was shown. The container's end may lie a few frames before the edition's. */
  end(positionMs: number): void {
    this.advance(positionMs);
    this.#tracker?.complete(positionMs, this.#opened?.contiguityMs ?? 0);
    this.#say('ended');
    if (this.#phase === 'dormant') this.open();
  }

  /** The page is going away, perhaps for good: says the last thing without waiting for what is in flight. */
  leave(): void {
    this.#state = 'hidden';
    const report = this.#report;
    if (this.#phase !== 'open' || !report) return;
    report.say('hidden');
    if (!report.isPressing) return;
    const beat = report.form();
    // Should the page come back, the heartbeat is still unanswered in the report and is said again.
    void hear(() => this.#options.line.report(beat), this.#creditedMs).then(
      (reply) => this.#answered(report, beat, reply),
      () => undefined,
    );
  }

  /** The server declined something else of this viewing: the answer to a presence check. */
  decline(code: RefusalCode, creditedMs = this.#creditedMs): void {
    if (this.#phase === 'superseded' || this.#phase === 'watched') return;
    this.#declined({ outcome: 'refused', code, creditedMs });
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
    this.#report = null;
    this.#phase = 'closed';
  }

  #adopt(opened: OpenedViewing): void {
    const { playheadMs, keys, listener } = this.#options;
    const before = this.#tracker && { playheadMs: playheadMs(), furthestMs: this.#tracker.furthestMs };
    const { positionMs, isMoved, lostMs } = findResumePoint(opened, before);
    this.#opened = opened;
    this.#creditedMs = opened.creditedMs;
    keys.add(opened.grant);
    listener.presence(opened.presence ?? null);
    this.#tracker ??= new RunTracker(positionMs, opened.durationMs);
    this.#tracker.restart(positionMs, Math.max(opened.creditedMs, positionMs));
    this.#report = new ViewingReport(opened.viewingId, this.#tracker, keys, this.#state);
    this.#enter('open');
    this.#startInterval();
    this.#goOn();
    if (isMoved) listener.place(positionMs, lostMs);
    else if (this.#state === 'playing') this.#tracker.begin(positionMs);
  }

  #say(state: PlayState): void {
    this.#state = state;
    this.#report?.say(state);
    this.#sendNews();
  }

  /** Speaks at once, unless an answer is awaited: then it goes with what follows. */
  #sendNews(): void {
    if (this.#report?.isPressing && !this.#patient.isAsking) this.#beat();
  }

  /** Says the unanswered heartbeat again, or a new one, until it is answered. */
  #beat(): void {
    const report = this.#report;
    if (this.#phase !== 'open' || !report) return;
    this.#startInterval();
    const beat = report.next();
    let said = beat;
    this.#patient.ask({
      ask: () => {
        said = report.again(beat);
        return hear(() => this.#options.line.report(said), this.#creditedMs);
      },
      timeoutMs: LINE_TIMES.answerTimeoutMs,
      onAnswer: (reply) => this.#answered(report, said, reply),
    });
  }

  #answered(report: ViewingReport, beat: Heartbeat, reply: HeartbeatReply): void {
    if (report !== this.#report || this.#phase !== 'open' || !report.settle(beat)) return;
    if (reply.outcome === 'refused') return this.#declined(reply);
    this.#creditedMs = Math.max(this.#creditedMs, reply.creditedMs);
    this.#openings.credited();
    this.#options.keys.add(reply.grant);
    if (reply.isChapterWatched) return this.#finish();
    this.#options.listener.changed();
    this.#options.listener.presence(reply.presence ?? null);
    this.#isHeld = beat.state === 'waiting' && reply.uncounted?.reason === 'beyond_released';
    const isConfirming = this.#state === 'ended' && beat.state === 'ended' && !reply.presence;
    if (report.mustPlayAgain(beat, reply, isConfirming)) this.#goBack(report);
    if (!this.#patient.isAsking) this.#goOn();
  }

  /** The server cannot count on from here: the playhead returns to what is credited, and the person is told. */
  #goBack(report: ViewingReport): void {
    const lostMs = Math.max(0, Math.round(this.#options.playheadMs() - this.#creditedMs));
    report.goBack(this.#creditedMs);
    this.#options.listener.place(this.#creditedMs, lostMs);
  }

  #declined({ code, creditedMs }: Declined): void {
    this.#creditedMs = code === 'presence_missed' ? creditedMs : Math.max(this.#creditedMs, creditedMs);
    // The answer that said so was lost, or another device came to the end.
    if (this.#opened && this.#creditedMs >= this.#opened.durationMs) return this.#finish();
    const isOwnStraggler = code === 'viewing_superseded' && this.#openings.takeStraggler();
    if (!isReopened(code) && !isOwnStraggler) return this.#refuse(code);
    this.#stop();
    const isWatching = this.#state !== 'paused' && this.#state !== 'hidden';
    // Nobody watches: opening now would take the lecture away from the device where the person perhaps is.
    if (!isWatching) return this.#enter('dormant');
    const pauseMs = this.#openings.pauseBeforeNext();
    if (pauseMs === 0) return this.open();
    this.#enter('opening');
    this.#timer.in(pauseMs, () => this.open());
  }

  #refuse(code: RefusalCode): void {
    // Watched to its end meanwhile: the page goes on to what comes next.
    if (isBehind(code)) return this.#finish();
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
    if (this.#report?.hasNews || this.#timer.isDue) this.#beat();
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
