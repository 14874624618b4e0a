import { sql, type RawBuilder } from 'kysely';

/**
 * The two clocks. Attendance is credited by the database's (`databaseNow`, evaluated inside the statement that credits);
 * everything else (expiry of sessions, certificates, today's date) by this process's.
 */
export interface Clock {
  now(): Date;
  readonly databaseNow: RawBuilder<Date>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  databaseNow: sql<Date>`clock_timestamp()`,
};

/** A clock that stands still until it is set; for tests. */
export interface SettableClock extends Clock {
  set(instant: Date | string): void;
  advance(milliseconds: number): void;
}

export function settableClock(start: Date | string): SettableClock {
  let current = new Date(start);
  return {
    now: () => new Date(current),
    get databaseNow() {
      return sql<Date>`${current.toISOString()}::timestamptz`;
    },
    set: (instant) => void (current = new Date(instant)),
    advance: (milliseconds) => void (current = new Date(current.getTime() + milliseconds)),
  };
}
