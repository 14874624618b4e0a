import type {
  Heartbeat,
  HeartbeatReply,
  OpenedViewing,
  PresenceAsked,
} from '#lib/domain/attendance/protocol.ts';
import type { RefusalCode } from '#lib/domain/refusal.ts';
import type { KeyRing } from './key-ring.ts';

export type PresenceAnswer =
  | { readonly outcome: 'passed' | 'waiting'; readonly answerWithinMs: number }
  | { readonly outcome: 'missed'; readonly answerWithinMs: number; readonly creditedMs: number };

/**
 * The player's line to the server, given by the page. `open` throws `LineRefused` when the server declines; whatever else
 * either of them throws means that the line is broken, and the same thing is asked again later.
 */
export interface ViewingLine {
  open(): Promise<OpenedViewing>;
  report(beat: Heartbeat): Promise<HeartbeatReply>;
  /** 「見ています」, or once more time for it. `missed`: it came too late, and the chapter went back to `creditedMs`. Throws as `open` does. */
  answerPresence(checkId: string, wish: 'pass' | 'extend'): Promise<PresenceAnswer>;
}

/** The server answered, and declined. */
export class LineRefused extends Error {
  override readonly name = 'LineRefused';
  readonly code: RefusalCode;
  constructor(code: RefusalCode) {
    super(code);
    this.code = code;
  }
}

/** Does `act` once after `ms`, unless the returned function is called before. Given, so that tests hold the clock. */
export type After = (ms: number, act: () => void) => () => void;

export const afterRealTime: After = (ms, act) => {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
};

export type LinePhase =
  | 'closed'
  | 'opening'
  | 'open'
  /** The viewing lapsed while nothing played; the next press of play opens another one. */
  | 'dormant'
  | 'superseded'
  | 'refused'
  | 'watched';

/** What there is to know about the line at a moment. Positions in milliseconds. */
export interface LineStatus {
  readonly phase: LinePhase;
  /** The newest one that was opened here. */
  readonly viewingId: string | null;
  /** With `refused` and `superseded`. */
  readonly refusalCode: RefusalCode | null;
  readonly isLineBroken: boolean;
  readonly creditedMs: number;
  /** The furthest point that was played here without a gap, credited or not. */
  readonly furthestMs: number;
}

export interface ReporterListener {
  /** Something that a person can see has changed: phase, line or credit. */
  changed(): void;
  /** The playhead belongs at `positionMs`; `lostMs` of what was played here is not counted and comes again. */
  place(positionMs: number, lostMs: number): void;
  watched(): void;
  /** What an answer says about a presence check: one to be answered now, or none. */
  presence(asked: PresenceAsked | null): void;
}

export interface ReporterOptions {
  readonly line: ViewingLine;
  readonly keys: KeyRing;
  readonly after: After;
  /** Where the playhead is now, in milliseconds. */
  readonly playheadMs: () => number;
  readonly listener: ReporterListener;
}

export type Declined = Extract<HeartbeatReply, { outcome: 'refused' }>;

const REOPENED: ReadonlySet<RefusalCode> = new Set(['viewing_expired', 'viewing_closed', 'out_of_sequence']);

/** The viewing is over and the lecture is not: somebody who is watching gets another one. */
export const isReopened = (code: RefusalCode) => REOPENED.has(code);

const BEHIND: ReadonlySet<RefusalCode> = new Set(['chapter_locked', 'attendance_complete']);

/** No viewing of this chapter is opened because it is not the next step (any more); the pages know what is. */
export const isBehind = (code: RefusalCode) => BEHIND.has(code);

/** A refusal as a value; being asked to slow down, and a broken line, are thrown: then the question is repeated. */
export async function hear<T extends object>(
  ask: () => Promise<T>,
  creditedMs: number,
): Promise<T | Declined> {
  const answer: T | Declined = await ask().catch((thrown: unknown) => {
    if (!(thrown instanceof LineRefused)) throw thrown;
    return { outcome: 'refused', code: thrown.code, creditedMs } as const;
  });
  if ('code' in answer && answer.code === 'too_many_requests') throw new LineRefused(answer.code);
  return answer;
}
