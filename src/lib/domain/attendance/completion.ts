import { findDisagreements, findUnfinished, type AttendanceLedger, type Disagreement } from './ledger.ts';

/**
 * Why an attendance cannot be completed, from the ledger alone and not from the frontier that the heartbeats moved: every
 * chapter watched, answered and photographed, in order, in real time, in one place, inside the renewal period. Empty means that
 * it may be.
 */
export function findObstacles(ledger: AttendanceLedger): Disagreement[] {
  const obstacles = [...findDisagreements(ledger), ...findUnfinished(ledger)];
  return ledger.chapters.length === 0 ? [...obstacles, { kind: 'unfinished', chapterId: null }] : obstacles;
}
