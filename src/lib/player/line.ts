import type { Heartbeat, HeartbeatReply, OpenedViewing } from '#lib/domain/attendance/protocol.ts';
import type { RefusalCode } from '#lib/domain/refusal.ts';

/**
 * The player's line to the server, given by the page. `open` throws `LineRefused` when the server declines; whatever else
 * either of them throws means that the line is broken, and the same thing is asked again later.
 */
export interface ViewingLine {
  open(): Promise<OpenedViewing>;
  report(beat: Heartbeat): Promise<HeartbeatReply>;
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
