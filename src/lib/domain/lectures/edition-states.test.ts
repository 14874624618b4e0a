import { describe, expect, it } from 'vitest';
import {
  EDITION_MOVES,
  EDITION_STATES,
  findScheduleFault,
  hasBeenPublished,
  isMovePossible,
  type EditionMove,
  type EditionState,
} from './edition-states.ts';

const MOVES = Object.keys(EDITION_MOVES) as EditionMove[];
const statesAfter = (state: EditionState) =>
  MOVES.filter((move) => isMovePossible(state, move)).map((move) => EDITION_MOVES[move].to);

describe('the states of an edition', () => {
  it('lead from a draft to its end', () => {
    expect(statesAfter('draft')).toEqual(['ready']);
    expect(statesAfter('ready')).toEqual(['draft', 'scheduled', 'published']);
    expect(statesAfter('scheduled')).toEqual(['scheduled', 'ready', 'published']);
    expect(statesAfter('published')).toEqual(['withdrawn']);
    expect(statesAfter('withdrawn')).toEqual([]);
  });

  it('let nothing be published that has not been looked at as it is', () => {
    expect(isMovePossible('draft', 'publish')).toBe(false);
    expect(isMovePossible('draft', 'schedule')).toBe(false);
  });

  it('let nothing that was published be written in again', () => {
    const later = EDITION_STATES.filter(hasBeenPublished);
    expect(later).toEqual(['published', 'withdrawn']);
    const reached = new Set(later);
    for (const state of reached) for (const next of statesAfter(state)) reached.add(next);
    expect([...reached]).toEqual(later);
  });

  it('are all reached', () => {
    const reached = new Set<EditionState>(['draft']);
    for (const state of reached) for (const next of statesAfter(state)) reached.add(next);
    expect(reached.size).toBe(EDITION_STATES.length);
  });
});

describe('the time at which an edition is to open', () => {
  const now = new Date('2026-11-23T00:00:00Z');
  const after = (ms: number) => new Date(now.getTime() + ms);
  const DAY_MS = 24 * 3_600_000;

  it('lies ahead', () => {
    expect(findScheduleFault(after(1), now)).toBeNull();
    expect(findScheduleFault(now, now)).toBe('schedule_in_past');
    expect(findScheduleFault(after(-DAY_MS), now)).toBe('schedule_in_past');
  });

  it('is at most a year away', () => {
    expect(findScheduleFault(after(366 * DAY_MS), now)).toBeNull();
    expect(findScheduleFault(after(366 * DAY_MS + 1), now)).toBe('schedule_too_far');
  });

  it('is a time', () => {
    expect(findScheduleFault(new Date(Number.NaN), now)).toBe('schedule_in_past');
  });
});
