import { describe, expect, it } from 'vitest';
import { endOfSession, hardEndOfSession, isSessionOver, type SessionFacts } from './session-limits.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const session = (facts: Partial<SessionFacts> = {}): SessionFacts => ({
  personKind: 'learner',
  createdAt: 0,
  lastSeenAt: 0,
  lastBeatAt: null,
  ...facts,
});

describe('a session that is left alone', () => {
  it('ends after an hour for a learner', () => {
    expect(isSessionOver(session(), 59 * MINUTE)).toBe(false);
    expect(isSessionOver(session(), 60 * MINUTE)).toBe(true);
  });

  it('ends after half an hour for an officer', () => {
    const officer = session({ personKind: 'officer' });
    expect(isSessionOver(officer, 29 * MINUTE)).toBe(false);
    expect(isSessionOver(officer, 30 * MINUTE)).toBe(true);
  });

  it('counts from when the person was last seen', () => {
    expect(endOfSession(session({ lastSeenAt: 5 * HOUR }))).toBe(6 * HOUR);
  });
});

describe('a session that is used all day', () => {
  it.each(['learner', 'officer'] as const)('ends after twelve hours (%s)', (personKind) => {
    const busy = session({ personKind, lastSeenAt: 12 * HOUR - 1 });
    expect(isSessionOver(busy, 12 * HOUR - 1)).toBe(false);
    expect(isSessionOver(busy, 12 * HOUR)).toBe(true);
  });
});

describe('a session in which a lecture is watched', () => {
  it('does not end while an hour of lecture goes by without another request', () => {
    const watching = session({ lastSeenAt: 0, lastBeatAt: 70 * MINUTE });
    expect(isSessionOver(watching, 70 * MINUTE)).toBe(false);
    expect(endOfSession(watching)).toBe(130 * MINUTE);
  });

  it('outlives the twelve hours as long as heartbeats come, and then long enough for question and photo', () => {
    const late = session({ lastSeenAt: 11 * HOUR, lastBeatAt: 12 * HOUR + 40 * MINUTE });
    expect(isSessionOver(late, 12 * HOUR + 54 * MINUTE)).toBe(false);
    expect(isSessionOver(late, 12 * HOUR + 55 * MINUTE)).toBe(true);
  });

  it('ends at the hard end whatever happens', () => {
    const endless = session({ lastSeenAt: 15 * HOUR, lastBeatAt: 15 * HOUR });
    expect(hardEndOfSession(endless)).toBe(15 * HOUR);
    expect(isSessionOver(endless, 15 * HOUR - 1)).toBe(false);
    expect(isSessionOver(endless, 15 * HOUR)).toBe(true);
  });

  it('is not prolonged by a lecture that was watched in the morning', () => {
    expect(endOfSession(session({ lastSeenAt: 12 * HOUR - 1, lastBeatAt: 2 * HOUR }))).toBe(12 * HOUR);
  });

  it('is of no use to an officer, who watches none', () => {
    const officer = session({ personKind: 'officer', lastBeatAt: 12 * HOUR });
    expect(isSessionOver(officer, 12 * HOUR)).toBe(true);
    expect(hardEndOfSession(officer)).toBe(12 * HOUR);
  });
});
