import type { Reader } from '../db/remember.ts';
import { findSameDay } from './office.queries.ts';

/** What an office does while the person waits: hand out the card, and record on the My Number card. */
export interface SameDay {
  readonly sameDayIssue: boolean;
  readonly sameDayRecording: boolean;
}

export function readSameDay(db: Reader, officeId: string): Promise<SameDay | undefined> {
  return findSameDay(db, officeId);
}
